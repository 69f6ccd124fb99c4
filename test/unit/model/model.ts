/** What ought to happen: the rules of a challenge's life, written a second time and independent of the product's policy. */
import { MINUTE, SECOND } from '../../support/table/challenges.ts';

export interface Limits {
  readonly maxAttempts: number;
  readonly maxRounds: number;
  /** These four are in milliseconds. */
  readonly lifetime: number;
  readonly cooldown: number;
  readonly laterCooldown: number;
  readonly lock: number;
  readonly sendsPerWindow: number;
  readonly sendsPerDay: number;
  readonly lockThreshold: number;
  readonly maxFailures: number;
}

/** Small limits, so that a sequence of a few dozen steps reaches every one of them. */
export const SMALL: Limits = {
  maxAttempts: 3,
  maxRounds: 6,
  lifetime: 5 * MINUTE,
  cooldown: 30 * SECOND,
  laterCooldown: 60 * SECOND,
  sendsPerWindow: 3,
  sendsPerDay: 6,
  lockThreshold: 5,
  lock: MINUTE,
  maxFailures: 7,
};

export const DAY = 24 * 60 * MINUTE;

export interface Challenge {
  /** Counted from 0 over both users. It stands for the id. */
  readonly number: number;
  readonly expiresAt: number;
  attempts: number;
  outcome?: 'VERIFIED' | 'EXHAUSTED' | 'EXPIRED' | 'ORPHANED';
  verified?: { readonly at: number; readonly round: Round };
  tokensAt?: number;
  /** When each mail was ordered; the first mail is at 0. */
  readonly orderedAt: number[];
  readonly leases: Record<number, { readonly owner: string; readonly until: number }>;
  readonly facts: Set<string>;
}

/** One pair of create and verify calls. A repetition by Cognito has the same round. */
export interface Round {
  readonly challenge: Challenge;
  counted: boolean;
}

export interface User {
  readonly challenges: Challenge[];
  readonly sends: number[];
  failures: number;
  lastFailureAt: number;
  latest: { readonly challenge: Challenge; readonly mail: number; readonly at: number } | undefined;
}

export interface Model {
  readonly limits: Limits;
  readonly users: readonly [User, User];
  readonly sums: Record<string, number>;
  /** Executions that were started and have not ended, oldest first. */
  readonly started: { readonly challenge: Challenge; readonly mail: number }[];
  readonly mails: { readonly challenge: Challenge; readonly mail: number }[];
}

const newUser = (): User => ({ challenges: [], sends: [], failures: 0, lastFailureAt: 0, latest: undefined });

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

export const isLive = (challenge: Challenge, now: number): boolean =>
  challenge.outcome === undefined && now < challenge.expiresAt;

/** Until when the user is locked; 0 if there is no lock. */
export const lockedUntil = ({ limits }: Model, { failures, lastFailureAt }: User): number => {
  if (failures >= limits.maxFailures) return Number.POSITIVE_INFINITY;
  const doublings = failures - limits.lockThreshold;
  return doublings < 0 ? 0 : lastFailureAt + Math.min(limits.lock * 2 ** doublings, DAY);
};
