/** Limits that span a user's sign-ins, while Cognito repeats its calls. */

import type { Step } from '../../../commands/sign-in/sign-in-flow.ts';
import type { TriggerName } from '../../../local/engines/cognito/sign-in/triggers.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import { writeClientMetadata } from '../../../shared/messages/client-metadata.ts';
import { wrongCode } from '../../support/system/local-system.ts';
import { differences, failuresOf, orderTimesOf, readFinalState } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { COOLDOWN_MS, isSignedIn, orRefusal, readCode, shownIn, signIn } from '../support/sign-in.ts';
import type { Cognito, Losses, Person } from '../support/world/cognito.ts';

/** Now and then a response of this trigger is lost, and Cognito calls again. */
const losing =
  ({ random }: Round, trigger: TriggerName): Losses =>
  (called) =>
    called === trigger && random.chance(0.3) ? [random.pick([0, random.whole(1, 3000)])] : [];

/** Gives so many wrong answers, in as many sign-ins and challenges as are needed, with resends in between. */
const answerWrongly = async (
  round: Round,
  cognito: Cognito,
  person: Person,
  count: number,
): Promise<void> => {
  const ROUNDS_PER_SIGN_IN = 4;
  let step: Step | undefined;
  for (let given = 0; given < count; given += 1) {
    if (given % ROUNDS_PER_SIGN_IN === 0) step = await cognito.prove(person);
    if (step === undefined) throw new Error('The sign-in has ended');
    if (round.random.chance(0.2))
      step = await cognito.answer(person, step, 'resend', writeClientMetadata({ call: 'resend' }));
    const code = await readCode(round, person, step);
    const next = await orRefusal(cognito.answer(person, step, wrongCode(code)));
    // Define ends a sign-in after its rounds, and create refuses a locked user. Either happens after the answer was counted.
    step = typeof next === 'string' ? undefined : next;
    if (step === undefined && given + 1 < count) step = await cognito.prove(person);
  }
};

/** One wrong answer fewer than the lock takes, or exactly as many. */
const LOCKED: FaultCase = {
  name: 'wrong codes over many sign-ins, with resends',
  invariant: 'each counts once, nothing resets the count, and from the twentieth on nobody gets in',
  rounds: 15,
  inParallel: 10,
  play: async (round) => {
    const person = round.person();
    const cognito = round.cognito(losing(round, 'VerifyAuthChallengeResponse'));
    const isLocked = round.random.chance(0.5);
    const count = LIMITS.lockThreshold.default - (isLocked ? 0 : 1);
    await answerWrongly(round, cognito, person, count);
    const last = await orRefusal(signIn(round, cognito, person));
    const isIn = typeof last !== 'string' && isSignedIn(last);
    return (final) => [
      ...(isIn === !isLocked ? [] : [`after ${count} wrong codes the user is ${isIn ? '' : 'not '}in`]),
      ...(failuresOf(final) === (isLocked ? count : 0) ? [] : [`${failuresOf(final)} failures are counted`]),
      ...differences(final, { attempts: count, verified: isLocked ? 0 : 1, spent: isLocked ? 0 : 1 }),
    ];
  },
};

/** More sign-ins than mails are allowed that nobody has used. */
const GOOD: FaultCase = {
  name: 'one good sign-in after the other',
  invariant: 'all get in, and none counts, however often create is called again',
  rounds: 15,
  inParallel: 10,
  play: async (round) => {
    const person = round.person();
    const cognito = round.cognito(losing(round, 'CreateAuthChallenge'));
    const most = LIMITS.sendsPerWindow.default + 2;
    const steps: Step[] = [];
    for (let signedIn = 0; signedIn < most; signedIn += 1) steps.push(await signIn(round, cognito, person));
    return (final) => [
      ...(steps.every(isSignedIn) ? [] : ['the user was not in each time']),
      ...(orderTimesOf(final).length === 0 ? [] : ['a good sign-in counts']),
      ...differences(final, { challenges: most, mails: most, verified: most, attempts: 0, spent: most }),
    ];
  },
};

const ABANDONED: FaultCase = {
  name: 'one abandoned sign-in after the other',
  invariant: 'the fifth mail of a quarter of an hour is the last, and repeated calls of create use none up',
  rounds: 15,
  inParallel: 30,
  play: async (round) => {
    const person = round.person();
    const cognito = round.cognito(losing(round, 'CreateAuthChallenge'));
    const most = LIMITS.sendsPerWindow.default;
    for (let ordered = 0; ordered < most; ordered += 1) {
      await cognito.prove(person);
      await round.world.wait(COOLDOWN_MS);
    }
    const { limited } = shownIn(await cognito.prove(person));
    return (final) => [
      ...(limited === 'SEND_LIMIT' ? [] : ['the limit was not reached']),
      ...differences(final, { challenges: most, mails: most, verified: 0, attempts: 0 }),
    ];
  },
};

/** Seconds between a mail of this number and the next one. */
const cooldown = (delivery: number): number =>
  (delivery === 1 ? LIMITS.resendCooldown : LIMITS.laterResendCooldown).default;

const RESENDS: FaultCase = {
  name: 'another mail is asked for again and again',
  invariant: 'mails of the same code come 30 and then 60 seconds apart, and the code works',
  rounds: 15,
  inParallel: 30,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito(losing(round, 'CreateAuthChallenge'));
    let step = await cognito.prove(person);
    for (let asked = 0; asked < 5; asked += 1) {
      await world.wait(random.whole(1_000, 25_000));
      step = await cognito.answer(person, step, 'resend', writeClientMetadata({ call: 'resend' }));
    }
    // The right code takes the orders of its challenge off.
    const times = orderTimesOf(await readFinalState(world.database, world.tableName, person.userId, []));
    const done = await cognito.answer(person, step, await readCode(round, person, step));
    return (final) => {
      const early = times.filter(
        (at, index) => index > 0 && at - (times[index - 1] ?? 0) < cooldown(index) * 1000,
      );
      return [
        ...(isSignedIn(done) ? [] : ['the user is not in']),
        ...early.map(() => 'a mail was ordered too early'),
        ...differences(final, { challenges: 1, mails: times.length, verified: 1, attempts: 0, spent: 1 }),
      ];
    };
  },
};

export const LIMIT_CASES: readonly FaultCase[] = [LOCKED, GOOD, ABANDONED, RESENDS];
