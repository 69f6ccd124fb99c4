/** Which mails count against a user: SES refuses some, does not respond for others, and the ceiling counts them all. */
import type { Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { newChallengeId } from '../../../shared/domain/challenge.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import { readRefusal } from '../../../shared/messages/refusal.ts';
import { differences, type FinalState, orderTimesOf } from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { COOLDOWN_MS, isSignedIn, readCode, shownIn, signIn } from '../support/sign-in.ts';
import type { Person } from '../support/world/cognito.ts';
import { REFUSALS, REJECTED, refuseMails } from '../support/world/disturb.ts';
import { writeUserRecord } from '../support/world/user-record.ts';

const MOST = LIMITS.sendsPerWindow.default;

/** Writes that so many mails were ordered just now, each of a challenge whose code was never given. */
const hadAbandoned = (round: Round, person: Person, count: number): Promise<void> => {
  const now = round.world.system.clock.now();
  const orders = Array.from({ length: count }, () => [newChallengeId(now), { 1: now }] as const);
  const all = { since: now, count };
  return writeUserRecord(round.world, person, {
    ...{ version: 1, latest: {}, orders: Object.fromEntries(orders) },
    ...{ inWindow: all, inDay: all },
  });
};

const countedIn = (final: FinalState): number => orderTimesOf(final).length;

const limitOf = (step: Step) => shownIn(step).limited;

/** The user may have one more mail; SES refuses it again and again. */
const REFUSED: FaultCase = {
  name: 'SES refuses the last mail that a user may have',
  invariant:
    'it does not count, the next one lets the user in and does not count either, and the one after it does',
  rounds: 30,
  inParallel: 30,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    await hadAbandoned(round, person, MOST - 1);
    const accept = refuseMails(world, person.userId, REJECTED);
    const refused = random.whole(1, 2);
    let step = await cognito.prove(person);
    for (let ordered = 1; ordered <= refused; ordered += 1) {
      await world.wait(COOLDOWN_MS);
      if (ordered === refused) accept();
      step = await cognito.prove(person);
      if (limitOf(step) !== undefined) return () => [`refused mail ${ordered} has counted`];
    }
    const done = await cognito.answer(person, step, await readCode(round, person, step));
    const next = limitOf(await cognito.prove(person));
    await world.wait(COOLDOWN_MS);
    const limited = limitOf(await cognito.prove(person));
    return (final) => [
      ...(next === undefined ? [] : ['a used mail has counted']),
      ...(isSignedIn(done) ? [] : ['the user is not in']),
      ...(limited === 'SEND_LIMIT' ? [] : ['the limit was not reached']),
      ...(countedIn(final) === MOST ? [] : [`${countedIn(final)} orders count`]),
      ...differences(final, { challenges: refused + 2, mails: 2, verified: 1, attempts: 0, spent: 1 }),
    ];
  },
};

/** SES does not serve the user's mails while he signs in again and again, and then sends all that wait. */
const OUTAGE: FaultCase = {
  name: 'SES comes back after sign-ins again and again',
  invariant: 'no more mails come together than may be ordered',
  rounds: 30,
  inParallel: 30,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito();
    const before = random.whole(2, MOST - 1);
    await hadAbandoned(round, person, before);
    const accept = refuseMails(world, person.userId, REFUSALS.unavailable);
    let step = await cognito.prove(person);
    for (let asked = 1; asked < 4; asked += 1) {
      await world.wait(COOLDOWN_MS);
      step = await cognito.prove(person);
    }
    accept();
    return (final) => [
      ...(step.ChallengeName === 'CUSTOM_CHALLENGE' ? [] : ['the code is not asked for']),
      ...(final.mails.length <= MOST - before ? [] : [`${final.mails.length} mails after ${before}`]),
      ...(countedIn(final) <= MOST ? [] : [`${countedIn(final)} orders count`]),
      ...differences(final, { verified: 0, attempts: 0 }),
    ];
  },
};

/** A few orders below the ceiling of 15 minutes, or of the day. */
const CEILING: FaultCase = {
  name: 'good sign-ins up to the ceiling of orders',
  invariant: 'each gets in up to the last order, the next one is refused, and the refusal says why',
  rounds: 60,
  inParallel: 16,
  play: async (round) => {
    const { random, world } = round;
    const person = round.person();
    const cognito = round.cognito((trigger) =>
      trigger === 'CreateAuthChallenge' && random.chance(0.3) ? [random.pick([0, 1_000])] : [],
    );
    const left = random.whole(1, 3);
    const now = world.system.clock.now();
    const [window, day] = [LIMITS.ordersPerWindow.default, LIMITS.ordersPerDay.default];
    const counts = random.pick([
      { inWindow: { since: now, count: window - left }, inDay: { since: now, count: window } },
      { inWindow: { since: now, count: left }, inDay: { since: now - 3_600_000, count: day - left } },
    ]);
    await writeUserRecord(world, person, { version: 1, latest: {}, orders: {}, ...counts });
    const steps: Step[] = [];
    for (let ordered = 0; ordered < left; ordered += 1) steps.push(await signIn(round, cognito, person));
    const refusal = await cognito.prove(person).then(
      () => undefined,
      (error: Error) => readRefusal(error.message)?.code,
    );
    return (final) => [
      ...(steps.every(isSignedIn) ? [] : ['the user was not in each time']),
      ...(refusal === 'ORDER_LIMIT' ? [] : [`the next order was refused with ${refusal}`]),
      ...(countedIn(final) === 0 ? [] : [`${countedIn(final)} orders count`]),
      ...differences(final, { challenges: left, mails: left, verified: left, attempts: 0, spent: left }),
    ];
  },
};

export const ORDERS: readonly FaultCase[] = [REFUSED, OUTAGE, CEILING];
