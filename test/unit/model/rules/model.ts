/** What ought to happen: the rules of a challenge's life, written a second time and independent of the product's policy. */
import { MINUTE, SECOND } from '../../../support/table/challenges.ts';

export interface Limits {
  readonly maxAttempts: number;
  readonly maxRounds: number;
  readonly statusRounds: number;
  /** These four are in milliseconds. */
  readonly lifetime: number;
  readonly cooldown: number;
  readonly laterCooldown: number;
  readonly lock: number;
  readonly sendsPerWindow: number;
  readonly sendsPerDay: number;
  readonly ordersPerWindow: number;
  readonly ordersPerDay: number;
  readonly lockThreshold: number;
  readonly maxFailures: number;
}

/** Small limits, so that a sequence of a few dozen steps reaches every one of them. */
export const SMALL: Limits = {
  maxAttempts: 3,
  maxRounds: 6,
  statusRounds: 2,
  lifetime: 5 * MINUTE,
  cooldown: 30 * SECOND,
  laterCooldown: 60 * SECOND,
  sendsPerWindow: 3,
  sendsPerDay: 6,
  ordersPerWindow: 4,
  ordersPerDay: 8,
  lockThreshold: 5,
  lock: 5 * MINUTE,
  maxFailures: 7,
};

export const DAY = 24 * 60 * MINUTE;

/** The two addresses that a user can have, and the two app clients that they sign in through. */
export type Address = 0 | 1;
export type Client = 0 | 1;

export interface Challenge {
  /** Counted from 0 over both users. It stands for the id. */
  readonly number: number;
  readonly address: Address;
  readonly expiresAt: number;
  /** How many wrong answers it takes; the last one exhausts it. */
  readonly most: number;
  wrong: number;
  outcome?: 'VERIFIED' | 'EXHAUSTED' | 'EXPIRED' | 'ORPHANED' | 'REPLACED';
  verified?: { readonly at: number; readonly round: Round };
  tokensAt?: number;
  /** When each mail was ordered; the first mail is at 0. */
  readonly orderedAt: number[];
  /** Until when nobody else may send a mail for which SES gave no answer. SES may have taken these mails. */
  readonly unanswered: Map<number, number>;
  /** In the order in which they became known. */
  readonly facts: Set<string>;
}

/** One pair of create and verify calls. A repetition by Cognito has the same round. */
export interface Round {
  readonly challenge: Challenge;
  readonly client: Client;
  /** Whether a wrong answer was counted against the challenge, and against the user. */
  counted: boolean;
  failed: boolean;
}

/** One mail of a challenge; the first one is number 1. */
export interface Mail {
  readonly challenge: Challenge;
  readonly mail: number;
}

export interface User {
  address: Address;
  readonly challenges: Challenge[];
  /** The orders that count against the user's limits. */
  orders: (Mail & { readonly at: number })[];
  /** When each mail was ordered, whatever became of it. */
  readonly ordered: number[];
  failures: number;
  lastFailureAt: number;
  latest: (Mail & { readonly at: number }) | undefined;
}

export interface Model {
  readonly limits: Limits;
  readonly users: readonly [User, User];
  readonly sums: Record<string, number>;
  /** Executions that were started and have not ended, oldest first. */
  readonly started: Mail[];
  readonly mails: Mail[];
}

const newUser = (): User => ({
  address: 0,
  challenges: [],
  orders: [],
  ordered: [],
  failures: 0,
  lastFailureAt: 0,
  latest: undefined,
});

export const newModel = (limits: Limits): Model => ({
  limits,
  users: [newUser(), newUser()],
  sums: {},
  started: [],
  mails: [],
});

export const count = ({ sums }: Model, name: string): void => {
  sums[name] = (sums[name] ?? 0) + 1;
};

/** Adds a fact to a challenge. Returns whether it is new. */
export const note = ({ facts }: Challenge, fact: string): boolean => {
  const isNew = !facts.has(fact);
  facts.add(fact);
  return isNew;
};

/** Ends a challenge, for good. */
export const close = (challenge: Challenge, outcome: NonNullable<Challenge['outcome']>): void => {
  challenge.outcome = outcome;
  note(challenge, outcome);
};

export const isLive = (challenge: Challenge, now: number): boolean =>
  challenge.outcome === undefined && now < challenge.expiresAt;

/** Whether the code would be accepted. One that was mailed to another address than the user's would not. */
export const isUsable = ({ address }: User, challenge: Challenge, now: number): boolean =>
  isLive(challenge, now) && challenge.address === address;

/** Whether it is known that a mail of the challenge has left. */
export const isMailed = ({ facts }: Challenge): boolean =>
  [...facts].some((fact) => /#(SENT|DELIVERED|BOUNCED)$/.test(fact));

/** Raises the alarm if it is certain that no mail of a challenge that has ended has left. */
export const countIfNeverMailed = (model: Model, challenge: Challenge): void => {
  if (!isMailed(challenge) && challenge.unanswered.size === 0) count(model, 'NeverMailed');
};

/** Takes an order back, unless SES may have taken the mail. The ceiling of all orders keeps it. */
export const giveBack = ({ users }: Model, { challenge, mail }: Mail): void => {
  if (challenge.unanswered.has(mail)) return;
  for (const user of users)
    user.orders = user.orders.filter((order) => order.challenge !== challenge || order.mail !== mail);
};
