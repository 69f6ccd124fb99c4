/** Deliberate breaks of the rules, each with a life in which it shows. */
import type { Orders } from '../../../shared/domain/orders.ts';
import type { ChallengeStore } from '../../../shared/table/challenge-store.ts';
import type { UserStore } from '../../../shared/table/user-store.ts';
import { aChallengeId, MINUTE, SECOND } from '../../support/table/challenges.ts';
import { guess, HERE, lost, refusing, resend, right, signIn, unheard, unreadable, wrong } from './lives.ts';
import { changeAddress, mail } from './mail-steps.ts';
import type { Breaks } from './service/ground.ts';
import {
  answerFromOldAddress,
  askHowTheMailStands,
  door,
  guessFromTwoTabs,
  signInBesideStranger,
} from './sign-in-steps.ts';
import { type Step, wait } from './step.ts';

export interface Break {
  readonly breaks: Breaks;
  /** Under the small limits. */
  readonly life: readonly Step[];
}

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

const mailToAnyone: Broken<ChallengeStore> = (challenges) => ({
  ...challenges,
  claimLease: async (claim) => {
    const { addressHash = '' } = (await challenges.read(claim)) ?? {};
    return challenges.claimLease({ ...claim, addressHash });
  },
});

const REFUSED_ORDER: readonly Step[] = [signIn(refusing), wait(31 * SECOND)];

/** Each break by what is wrong then. */
export const BREAKS: Readonly<Record<string, Break>> = {
  'a resend resets the failures': { breaks: { users: resetByResend }, life: [wrong(), resend(31)] },
  'Cognito’s repetition counts twice': { breaks: { users: countTwice }, life: [wrong(lost(1))] },
  'nobody looks at the lock': { breaks: { users: ignoreLock }, life: [guess(), signIn()] },
  'a wrong code under a lock extends it': {
    breaks: { users: extendLock },
    life: [guessFromTwoTabs(HERE), signIn()],
  },
  'a challenge after a lock takes as many answers as any other': {
    breaks: { challenges: takeAllAnswers },
    life: [guess(), wait(6 * MINUTE), wrong()],
  },
  'a good sign-in gives nothing back': {
    breaks: { users: keepOrders },
    life: [right(), right(), right(), right()],
  },
  'a mail that SES refused counts': {
    breaks: { users: giveNothingBack },
    life: [...REFUSED_ORDER, ...REFUSED_ORDER, ...REFUSED_ORDER, signIn()],
  },
  'an order that is given back lowers the ceiling': {
    breaks: { users: lowerCeiling },
    life: [...Array.from({ length: 4 }, () => REFUSED_ORDER).flat(), signIn()],
  },
  'a lost answer of SES leaves nothing behind': {
    breaks: { challenges: forgetLostAnswer },
    life: [signIn(unheard), mail('takes', 1)],
  },
  'a code works that was mailed to another address': {
    breaks: { challenges: takeOldAddress },
    life: [answerFromOldAddress(HERE)],
  },
  'the challenge of an old address stays open': {
    breaks: { challenges: keepReplaced },
    life: [signIn(), changeAddress(0), unreadable()],
  },
  'a stranger gets the code': {
    breaks: { challenges: mailToAnyone },
    life: [signInBesideStranger(HERE)],
  },
  'any client gets the tokens': { breaks: { challenges: forgetClient }, life: [right(), door(0, 1)] },
  'a question for the mail’s state is a round like any other': {
    breaks: { limits: { statusRounds: 0 } },
    life: [askHowTheMailStands(HERE, 6)],
  },
};
