/** A deployment changes the functions and the workflow while people sign in: one after the other, in any order, and back. */
import { randomUUID } from 'node:crypto';
import type { Step } from '../../../commands/sign-in/sign-in-flow.ts';
import type { Disturb } from '../../../local/ground/endpoint.ts';
import { AwsError } from '../../../local/ground/service.ts';
import { writeClientMetadata } from '../../../shared/messages/client-metadata.ts';
import { wrongCode } from '../../support/system/local-system.ts';
import { differences, type FinalState, ONE_OF_EACH, type Summary } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { COOLDOWN_MS, isSignedIn, orRefusal, readCode, signIn } from '../support/sign-in.ts';
import {
  alone,
  type Call,
  type Change,
  type Changes,
  callsIn,
  changesIn,
  type Part,
  together,
} from '../support/upgrade/change.ts';
import type { TwoReleases } from '../support/upgrade/two-releases.ts';
import type { Cognito, Person } from '../support/world/cognito.ts';
import { type World, warmUp } from '../support/world/world.ts';

const CREATE: readonly Part[] = ['define-auth-challenge', 'create-auth-challenge', 'delivery-workflow'];
const MAIL: readonly Part[] = ['deliver-code', 'record-feedback', 'record-feedback'];
const TOKENS: readonly Part[] = ['verify-auth-challenge', 'define-auth-challenge', 'guard-tokens'];

/** A wrong answer, another mail and the right answer, after which there are tokens. */
const SIGN_IN: readonly Part[] = [
  ...[...CREATE, ...MAIL],
  ...['verify-auth-challenge' as const, ...CREATE],
  ...['verify-auth-challenge' as const, ...CREATE, ...MAIL],
  ...TOKENS,
];

/** A sign-in that ends with a wrong answer. */
const ABANDONED: readonly Part[] = [...CREATE, ...MAIL, 'verify-auth-challenge', ...CREATE];

/** A wrong and the right answer, where Cognito makes each of its calls twice. */
const REPEATED: readonly Part[] = [...ABANDONED, ...TOKENS].flatMap((part) =>
  part === 'record-feedback' ? [part] : [part, part],
);

/** SES refuses the first mail, so the user asks for another. */
const REFUSED: readonly Part[] = [
  ...[...CREATE, 'deliver-code' as const],
  ...['verify-auth-challenge' as const, ...CREATE, ...MAIL],
  ...TOKENS,
];

const SHORT: readonly Part[] = [...ABANDONED, ...TOKENS];

export const CHANGES = {
  once: changesIn(SIGN_IN),
  repeated: changesIn(REPEATED),
  refused: changesIn(REFUSED),
  short: changesIn(SHORT),
  abandoned: changesIn(ABANDONED),
} as const satisfies Readonly<Record<string, Changes>>;

export const figures = ({ all, different }: Changes): string =>
  `${all} changes, ${different.length} different sign-ins`;

export const answerWrongly = async (round: Round, cognito: Cognito, person: Person) => {
  const step = await cognito.prove(person);
  const code = await readCode(round, person, step);
  return { code, step: await cognito.answer(person, step, wrongCode(code)) };
};

const signInWithResend = async (round: Round, cognito: Cognito, person: Person) => {
  const { world } = round;
  const { code, step } = await answerWrongly(round, cognito, person);
  await world.wait(COOLDOWN_MS);
  const resent = await cognito.answer(person, step, 'resend', writeClientMetadata({ call: 'resend' }));
  await world.mailbox.find(person.userId, ({ tags }) => tags.delivery === '2');
  return cognito.answer(person, resent, code);
};

/** Each bundle is loaded with its first call: new ones, old ones, and those of create with the other workflow. */
export const warmUpBoth = async (world: World, releases: TwoReleases): Promise<void> => {
  await warmUp(world);
  const changes = [
    together(0, 'new'),
    alone('delivery-workflow', 0, 'old', 'old'),
    alone('delivery-workflow', 0, 'new', 'new'),
  ];
  for (const change of changes) {
    const userId = randomUUID();
    releases.apply(userId, change);
    await warmUp(world, userId);
  }
};

/** What is left of the user's failures and of challenges without an outcome. */
const leftovers = ({ challenges, userRecord }: FinalState): readonly string[] => [
  ...challenges
    .filter(({ outcome }) => outcome === undefined)
    .map(({ challengeId }) => `challenge ${challengeId} has no outcome`),
  ...(userRecord.failedRounds === undefined ? [] : ['failures are still counted']),
];

export const judge =
  (change: Change, expected: Summary) =>
  (final: FinalState): readonly string[] =>
    [...differences(final, expected), ...leftovers(final)].map((problem) => `${change.name}: ${problem}`);

/** Plays one sign-in for each change. */
const changed = (
  releases: TwoReleases,
  { different }: Changes,
  expected: Summary,
  play: (round: Round, person: Person) => Promise<Step | string>,
  getsIn: (change: Change) => boolean = () => true,
): Pick<FaultCase, 'rounds' | 'play' | 'keepsOrders'> => ({
  keepsOrders: true,
  rounds: different.length,
  play: async (round) => {
    const change = different[round.number - 1];
    if (change === undefined) throw new Error(`There is no change ${round.number}`);
    const person = round.person();
    releases.apply(person.userId, change);
    const done = await play(round, person);
    const isIn = typeof done !== 'string' && isSignedIn(done);
    const spent = getsIn(change) ? expected.spent : 0;
    return (final) => [
      ...(isIn === getsIn(change) ? [] : [`${change.name}: the user is ${isIn ? '' : 'not '}in`]),
      ...judge(change, { ...expected, spent })(final),
    ];
  },
});

const onTheWay = (releases: TwoReleases): FaultCase => ({
  name: 'the release changes during a sign-in',
  invariant: `${figures(CHANGES.once)}: one challenge, one mail for each order, one verification, and the user is in`,
  inParallel: 34,
  ...changed(
    releases,
    CHANGES.once,
    { challenges: 1, mails: 2, verified: 1, attempts: 1, spent: 1 },
    (round, person) => signInWithResend(round, round.cognito(), person),
  ),
});

/** Each response of a trigger is lost once, so Cognito calls again: at once, or two seconds later. */
const betweenRepeats = (releases: TwoReleases): FaultCase => ({
  name: 'the release changes during a sign-in, and every trigger is called again',
  invariant: `${figures(CHANGES.repeated)}: one challenge, one mail, one verification, and the user is in`,
  inParallel: 16,
  ...changed(releases, CHANGES.repeated, { ...ONE_OF_EACH, attempts: 1 }, (round, person) =>
    signIn(
      round,
      round.cognito(() => [round.random.pick([0, 2_000])]),
      person,
      1,
    ),
  ),
});

/** Refuses the user's next mail for good, as SES does if it cannot send it. */
const refuseOne = ({ disturbances }: World, { userId }: Person): void => {
  const one: Disturb = ({ operation, body }) => {
    if (!operation.endsWith('/v2/email/outbound-emails') || !body.includes(userId)) return undefined;
    disturbances.delete(one);
    return { kind: 'refused', error: new AwsError('MessageRejected', 'Email is not accepted') };
  };
  disturbances.add(one);
};

const resentAfterRefusal = (releases: TwoReleases): FaultCase => ({
  name: 'the release changes while SES refuses a mail',
  invariant: `${figures(CHANGES.refused)}: the next mail has the code, and the user is in`,
  inParallel: 34,
  ...changed(
    releases,
    CHANGES.refused,
    { challenges: 1, mails: 1, verified: 1, attempts: 0, spent: 1 },
    async (round, person) => {
      const { world } = round;
      const cognito = round.cognito();
      refuseOne(world, person);
      const step = await cognito.prove(person);
      await world.wait(COOLDOWN_MS);
      const resent = await cognito.answer(person, step, 'resend', writeClientMetadata({ call: 'resend' }));
      return cognito.answer(person, resent, await readCode(round, person, resent));
    },
  ),
});

const callOf = (part: Part, nth: number): Call => {
  const found = callsIn(SHORT).find((call) => call.part === part && call.before === nth - 1);
  if (found === undefined) throw new Error(`There is no call ${nth} of ${part}`);
  return found;
};

/** The new create marks a round that it hands out after a status call. The old define does not know the mark, and fails. */
const meetsMark = ({ releaseOf }: Change): boolean =>
  releaseOf(callOf('create-auth-challenge', 2)) === 'new' &&
  releaseOf(callOf('define-auth-challenge', 3)) === 'old';

/** Clients that ask so come after the release that answers them: that is why an upgrade begins with the service. */
const askingForStatus = (releases: TwoReleases): FaultCase => ({
  name: 'the release changes while a client asks how the mail stands',
  invariant: `${figures(CHANGES.short)}: the user is in, save where the old define meets the mark of a status call`,
  inParallel: 16,
  ...changed(
    releases,
    CHANGES.short,
    ONE_OF_EACH,
    async (round, person) => {
      const cognito = round.cognito();
      const step = await cognito.prove(person);
      const code = await readCode(round, person, step);
      const standing = await cognito.answer(person, step, 'status', writeClientMetadata({ call: 'status' }));
      return orRefusal(cognito.answer(person, standing, code));
    },
    (change) => !meetsMark(change),
  ),
});

/** A wrong and the right answer: the shortest sign-in in which every part is called. */
export const shortSignIns = (releases: TwoReleases): FaultCase => ({
  name: 'the release changes during a short sign-in',
  invariant: `${figures(CHANGES.short)}: one challenge, one mail, one verification, and the user is in`,
  inParallel: 16,
  ...changed(releases, CHANGES.short, { ...ONE_OF_EACH, attempts: 1 }, (round, person) =>
    signIn(round, round.cognito(), person, 1),
  ),
});

export const upgradeCases = (releases: TwoReleases): readonly FaultCase[] => [
  onTheWay(releases),
  betweenRepeats(releases),
  resentAfterRefusal(releases),
  askingForStatus(releases),
];
