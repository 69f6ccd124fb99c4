/** A deployment changes the functions and the workflow while people sign in: one after the other, in any order, and back. */
import { randomUUID } from 'node:crypto';
import type { Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { functionsOf } from '../../../local/engines/lambda/local-function.ts';
import type { Disturb } from '../../../local/ground/endpoint.ts';
import { loadTemplate } from '../../../local/ground/template.ts';
import { STACK_NAME } from '../../../local/system.ts';
import { LIMITS, SWEEP_GRACE_SECONDS } from '../../../shared/domain/limits.ts';
import { writeClientMetadata } from '../../../shared/messages/client-metadata.ts';
import { wrongCode } from '../../support/system/local-system.ts';
import { differences, type FinalState, ONE_OF_EACH, type Summary } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, orRefusal, readCode, signIn } from '../support/sign-in.ts';
import {
  alone,
  type Change,
  type Changes,
  changesIn,
  type Part,
  type Release,
  together,
} from '../support/upgrade/change.ts';
import type { TwoReleases } from '../support/upgrade/two-releases.ts';
import type { Cognito, Person } from '../support/world/cognito.ts';
import { REFUSALS } from '../support/world/disturb.ts';
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

const CHANGES: Readonly<Record<'once' | 'repeated' | 'abandoned', Changes>> = {
  once: changesIn(SIGN_IN),
  repeated: changesIn(REPEATED),
  abandoned: changesIn(ABANDONED),
};

const figures = ({ all, different }: Changes): string =>
  `${all} changes, ${different.length} different sign-ins`;

const COOLDOWN_MS = LIMITS.resendCooldown.default * 1000 + 500;

const answerWrongly = async (round: Round, cognito: Cognito, person: Person) => {
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

const judge =
  (change: Change, expected: Summary) =>
  (final: FinalState): readonly string[] =>
    [...differences(final, expected), ...leftovers(final)].map((problem) => `${change.name}: ${problem}`);

/** Plays one sign-in for each change. */
const changed = (
  releases: TwoReleases,
  { different }: Changes,
  expected: Summary,
  play: (round: Round, person: Person) => Promise<Step>,
): Pick<FaultCase, 'rounds' | 'play'> => ({
  rounds: different.length,
  play: async (round) => {
    const change = different[round.number - 1];
    if (change === undefined) throw new Error(`There is no change ${round.number}`);
    const person = round.person();
    releases.apply(person.userId, change);
    const done = await play(round, person);
    return (final) => [
      ...(isSignedIn(done) ? [] : [`${change.name}: the user is not in`]),
      ...judge(change, expected)(final),
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

const sweep = async ({ templateFolder, system, invoke }: World): Promise<void> => {
  const functions = functionsOf(loadTemplate(templateFolder, STACK_NAME, system.url));
  const { arn = '' } = functions.find(({ name }) => name.startsWith('SweepChallenges')) ?? {};
  const swept = await invoke(arn, {});
  if (swept.kind !== 'returned') throw new Error(`The sweep ended with ${swept.kind}`);
};

/** The sign-in of somebody whose mail is never ordered, because the workflow cannot be started. */
const proveInVain = async (round: Round, cognito: Cognito, person: Person): Promise<void> => {
  const { disturbances } = round.world;
  const one: Disturb = ({ operation, body }) =>
    operation === 'AWSStepFunctions.StartExecution' && body.includes(person.userId)
      ? { kind: 'refused', error: REFUSALS.unavailable }
      : undefined;
  disturbances.add(one);
  const refused = await orRefusal(cognito.prove(person));
  disturbances.delete(one);
  if (refused !== 'UserLambdaValidationException') throw new Error('A mail was ordered');
};

/** Runs `run` for all of them, so many at the same time. */
const inTurns = async <T>(
  all: readonly T[],
  atOnce: number,
  run: (one: T) => Promise<void>,
): Promise<void> => {
  const left = [...all];
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await run(one);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};

const AT_ONCE = 12;
const EXPIRED_MS = (LIMITS.codeLifetime.default + SWEEP_GRACE_SECONDS + 1) * 1000;

/** One sweep closes the challenges of all people, so they are all in one round. */
const swept = (releases: TwoReleases, release: Release): FaultCase => ({
  name: `sign-ins are abandoned and swept by the ${release} release`,
  invariant: `${figures(CHANGES.abandoned)}: each has its outcome, also if no mail was ordered, and the next sign-in gets in`,
  rounds: 1,
  inParallel: 1,
  prepare: () => {
    releases.sweepWith(release);
    return () => releases.sweepWith('new');
  },
  play: async (round) => {
    const cognito = round.cognito();
    const people = CHANGES.abandoned.different.map((change) => ({
      change,
      person: round.person(),
      mailed: true,
    }));
    const others = CHANGES.abandoned.different
      .filter(({ name }) => name.startsWith('create-auth-challenge'))
      .map((change) => ({ change, person: round.person(), mailed: false }));
    const everybody = [...people, ...others];
    for (const { change, person } of everybody) releases.apply(person.userId, change);

    await inTurns(everybody, AT_ONCE, async ({ person, mailed }) => {
      if (mailed) await answerWrongly(round, cognito, person);
      else await proveInVain(round, cognito, person);
    });
    await round.world.settled();
    round.world.system.clock.adjust({ offsetMs: EXPIRED_MS });
    await sweep(round.world);
    const inside = new Set<Person>();
    await inTurns(everybody, AT_ONCE, async ({ person }) => {
      if (isSignedIn(await signIn(round, cognito, person))) inside.add(person);
    });

    return (...finals) =>
      everybody.flatMap(({ change, person, mailed }, index) => {
        const final = finals[index];
        if (final === undefined) return ['a person has no state'];
        const [first] = final.challenges;
        const expected = mailed ? 'EXPIRED' : 'ORPHANED';
        const counts = {
          challenges: 2,
          mails: mailed ? 2 : 1,
          verified: 1,
          attempts: mailed ? 1 : 0,
          spent: 1,
        };
        return [
          ...(inside.has(person) ? [] : [`${change.name}: the user is not in`]),
          ...(first?.outcome === expected ? [] : [`${change.name}: ${first?.outcome}, not ${expected}`]),
          ...judge(change, counts)(final),
        ];
      });
  },
});

export const upgradeCases = (releases: TwoReleases): readonly FaultCase[] => [
  onTheWay(releases),
  betweenRepeats(releases),
  ...(['old', 'new'] as const).map((release) => swept(releases, release)),
];
