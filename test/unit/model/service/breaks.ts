/** Deliberate breaks of the rules, each of which the model has to notice. */
import type { Orders } from '../../../../shared/domain/orders.ts';
import type { ChallengeStore } from '../../../../shared/table/challenge-store.ts';
import type { UserStore } from '../../../../shared/table/user-store.ts';
import { aChallengeId } from '../../../support/table/challenges.ts';
import type { Breaks } from './ground.ts';

type Broken<Store> = (store: Store) => Store;

const resetByResend: Broken<UserStore> = (users) => ({
  ...users,
  claimDelivery: async (userId, userRecord, claim) => {
    const won = await users.claimDelivery(userId, userRecord, claim);
    if (claim.delivery > 1)
      await users.clearFailures(userId, aChallengeId(), { failuresBelow: 1000, now: claim.now });
    return won;
  },
});

const countTwice: Broken<UserStore> = (users) => ({
  ...users,
  countFailure: (userId, failure) =>
    users.countFailure(userId, { ...failure, round: `${failure.round} at ${failure.now}` }),
});

const ignoreLock: Broken<UserStore> = (users) => ({
  ...users,
  readUserRecord: async (userId) => ({ ...(await users.readUserRecord(userId)), consecutiveFailures: 0 }),
});

const extendLock: Broken<UserStore> = (users) => ({
  ...users,
  countFailure: (userId, failure) =>
    users.countFailure(userId, { ...failure, limits: { ...failure.limits, lockDuration: 0 } }),
});

/** The orders that a right code has removed are still read. */
const keepOrders: Broken<UserStore> = (users) => {
  const kept = new Map<string, Orders>();
  const readUserRecord: UserStore['readUserRecord'] = async (userId) => {
    const record = await users.readUserRecord(userId);
    return { ...record, orders: { ...record.orders, ...kept.get(userId) } };
  };
  return {
    ...users,
    readUserRecord,
    clearFailures: async (userId, challengeId, clearable) => {
      const { orders = {} } = await readUserRecord(userId);
      kept.set(userId, { ...kept.get(userId), [challengeId]: orders[challengeId] ?? {} });
      return users.clearFailures(userId, challengeId, clearable);
    },
  };
};

const giveNothingBack: Broken<UserStore> = (users) => ({ ...users, giveBack: async () => {} });

/** An order that is given back is taken off the ceiling as well. */
const lowerCeiling: Broken<UserStore> = (users) => {
  const given = new Map<string, number>();
  return {
    ...users,
    giveBack: async (ref, deliveries) => {
      await users.giveBack(ref, deliveries);
      given.set(ref.userId, (given.get(ref.userId) ?? 0) + deliveries.length);
    },
    readUserRecord: async (userId) => {
      const record = await users.readUserRecord(userId);
      const { inWindow } = record;
      if (inWindow === undefined) return record;
      return { ...record, inWindow: { ...inWindow, count: inWindow.count - (given.get(userId) ?? 0) } };
    },
  };
};

const takeOldAddress: Broken<ChallengeStore> = (challenges) => ({
  ...challenges,
  consume: async (answer, form) => {
    const { addressHash = '' } = (await challenges.read(answer)) ?? {};
    return challenges.consume({ ...answer, addressHash }, form);
  },
});

const forgetClient: Broken<ChallengeStore> = (challenges) => ({
  ...challenges,
  consume: (answer, form) => {
    const { at, by, round = '', request = '' } = answer.fact;
    return challenges.consume({ ...answer, fact: { at, by, round, request } }, form);
  },
});

const keepReplaced: Broken<ChallengeStore> = (challenges) => ({
  ...challenges,
  replace: async () => undefined,
});

const takeAllAnswers: Broken<ChallengeStore> = (challenges) => ({
  ...challenges,
  request: (request) => challenges.request({ ...request, attempts: 0 }),
});

const forgetLostAnswer: Broken<ChallengeStore> = (challenges) => ({
  ...challenges,
  claimLease: async (claim) => {
    const claimed = await challenges.claimLease(claim);
    if (claimed !== undefined) await challenges.releaseLease(claim);
    return claimed;
  },
});

/** Each break by what is wrong then. */
export const BREAKS: Readonly<Record<string, Breaks>> = {
  'a resend resets the failures': { users: resetByResend },
  'Cognito’s repetition counts twice': { users: countTwice },
  'nobody looks at the lock': { users: ignoreLock },
  'a wrong code under a lock extends it': { users: extendLock },
  'a challenge after a lock takes as many answers as any other': { challenges: takeAllAnswers },
  'a good sign-in gives nothing back': { users: keepOrders },
  'a mail that SES refused counts': { users: giveNothingBack },
  'an order that is given back lowers the ceiling': { users: lowerCeiling },
  'a lost answer of SES leaves nothing behind': { challenges: forgetLostAnswer },
  'a code works that was mailed to another address': { challenges: takeOldAddress },
  'the challenge of an old address stays open': { challenges: keepReplaced },
  'any client gets the tokens': { challenges: forgetClient },
  'a question for the mail’s state is a round like any other': { limits: { statusRounds: 0 } },
};
