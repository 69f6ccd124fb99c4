/** The user's address changes at some moment of a sign-in. */
import type { Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { type ClientMetadataTexts, writeClientMetadata } from '../../../shared/messages/client-metadata.ts';
import { codeOf, wrongCode } from '../../support/system/local-system.ts';
import { differences, type FinalState } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, orRefusal, readCode, shownIn } from '../support/sign-in.ts';
import type { Cognito, Person } from '../support/world/cognito.ts';

/** The person with another address: of another domain, with the same mask, with a label, or of a domain outside ASCII. */
const moved = ({ random }: Round, person: Person): Person => {
  const [local = '', domain = ''] = person.email.split('@');
  const sameMask = `${local[0]}${local.slice(1).split('').reverse().join('')}@${domain}`;
  const changed = [`${local}@example.org`, sameMask, `${local}+codes@${domain}`, `${local}@bücher.example`];
  return { ...person, email: random.pick(changed as [string, ...string[]]) };
};

/** Real milliseconds after which no mail is expected any more: its challenge was closed before it was sent. */
const PATIENCE_MS = 3_000;
const NO_CODE = 'no code';

/** Signs in with what the new mailbox gets. If nothing comes, any answer brings another challenge or the same one. */
const finish = async (round: Round, cognito: Cognito, person: Person, asked: Step): Promise<boolean> => {
  let step = asked;
  for (let answered = 0; answered < 7 && !isSignedIn(step); answered += 1) {
    const code = await readCode(round, person, step, PATIENCE_MS).catch(() => NO_CODE);
    const next = await orRefusal(cognito.answer(person, step, code));
    if (typeof next === 'string') return false;
    step = next;
  }
  return isSignedIn(step);
};

/** The challenges that were made for addresses which the user has no longer, and are not closed. */
const leftOpen = ({ challenges }: FinalState, hash: string): readonly string[] =>
  challenges
    .filter(({ addressHash, outcome }) => addressHash !== hash && outcome !== 'REPLACED')
    .map(({ challengeId, outcome }) => `challenge ${challengeId} of an old address is ${outcome ?? 'open'}`);

/** The client's first call with the new address. */
interface NextCall {
  readonly answer: (oldCode: string) => string;
  readonly metadata: ClientMetadataTexts;
}

const CALLS: readonly [NextCall, ...NextCall[]] = [
  { answer: (code) => code, metadata: {} },
  { answer: wrongCode, metadata: {} },
  { answer: () => 'resend', metadata: writeClientMetadata({ call: 'resend' }) },
];

const CHANGED: FaultCase = {
  name: 'the address changes during a sign-in',
  invariant:
    'the old code is refused, the old challenge is closed, and the code that the new mailbox gets lets the user in',
  rounds: 120,
  inParallel: 16,
  play: async (round) => {
    const { random, world } = round;
    const before = round.person();
    const after = moved(round, before);
    const cognito = round.cognito();
    let step = await cognito.prove(before);
    const wrong = random.whole(0, 2);
    const old = await readCode(round, before, step);
    for (let given = 0; given < wrong; given += 1) step = await cognito.answer(before, step, wrongCode(old));
    const isFresh = random.chance(0.3);
    const { answer, metadata } = random.pick(CALLS);
    const next = isFresh
      ? await cognito.prove(after)
      : await cognito.answer(after, step, answer(old), metadata);
    const refused = isSignedIn(next) ? next : await cognito.answer(after, next, old);
    const isIn = !isSignedIn(refused) && (await finish(round, cognito, after, refused));
    return (final) => [
      ...(isSignedIn(refused) ? ['the old code let the user in'] : []),
      ...(isFresh || shownIn(next).status === 'REPLACED'
        ? []
        : [`the new round says ${shownIn(next).status}`]),
      ...(isIn ? [] : ['the user is not in']),
      ...leftOpen(final, world.hashOf(after.email)),
      // The old code is a wrong answer to the new challenge, if it was asked for by then.
      ...differences(final, { challenges: 2, mails: 2, verified: 1, attempts: wrong + 1, spent: 1 }),
    ];
  },
};

/** Cognito has the old address in one session and the new one in another, and both are under way. */
const AT_ONCE: FaultCase = {
  name: 'the address changes while sign-ins are under way',
  invariant:
    'each code goes to the address of its challenge only, and the code of the new mailbox lets the user in',
  rounds: 80,
  inParallel: 16,
  play: async (round) => {
    const { random, world } = round;
    const before = round.person();
    const after = moved(round, before);
    const cognito = round.cognito();
    const olds = Array.from({ length: random.whole(1, 2) }, async () => {
      await world.wait(random.whole(0, 400));
      return orRefusal(cognito.prove(before));
    });
    await world.wait(random.whole(0, 400));
    const fresh = await cognito.prove(after);
    await Promise.all(olds);
    const isIn = await finish(round, cognito, after, fresh);
    const toOld = world.mailbox.of(after.userId).filter(({ to }) => to.includes(before.email));
    let step = await cognito.prove(after);
    for (const mail of toOld) if (!isSignedIn(step)) step = await cognito.answer(after, step, codeOf(mail));
    return (final) => [
      ...(isIn ? [] : ['the user is not in']),
      ...(isSignedIn(step) ? ['a code from the old mailbox let the user in'] : []),
      ...leftOpen(final, world.hashOf(after.email)),
      ...differences(final, { verified: 1, spent: 1 }),
    ];
  },
};

export const ADDRESSES: readonly FaultCase[] = [CHANGED, AT_ONCE];
