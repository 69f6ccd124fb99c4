/** Says how a user stands, for people and for programs: locks and limits that span sign-ins. */
import { DAY_SECONDS, SEND_WINDOW_SECONDS } from '../domain/limits.ts';
import { countedSince } from '../domain/orders.ts';
import {
  lockedUntil,
  type ReachedLimit,
  reachedLimit,
  type UserLimits,
  type UserRecord,
} from '../domain/policy.ts';

/** `2025-01-15 12:15:00`, UTC. */
const utc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** `locked until 2025-01-15 12:15:00`, or who ends the lock. `until` is in epoch milliseconds, or infinite. */
const lockWords = (until: number, { blockedUntil }: UserRecord): string => {
  if (!Number.isFinite(until)) return 'locked until an operator unlocks (command unlock)';
  return until === blockedUntil ? `blocked by a report until ${utc(until)}` : `locked until ${utc(until)}`;
};

/** Says how many wrong codes there were in a row, and when the last one came. */
const failureWords = ({ consecutiveFailures, lastFailureAt }: UserRecord): string => {
  const codes = `${consecutiveFailures} wrong code${consecutiveFailures === 1 ? '' : 's'} in a row`;
  return lastFailureAt === undefined ? codes : `${codes}, the last ${utc(lastFailureAt)}`;
};

const WINDOW = `the last ${SEND_WINDOW_SECONDS / 60} minutes`;

/** Which limit is reached, and when the next mail is possible. */
const limitWords = ({ code, until }: ReachedLimit, { inWindow, inDay }: Counts): string => {
  const next = `the next possible at ${utc(until)}`;
  return code === 'ORDER_LIMIT'
    ? `the ceiling of orders is reached, whatever became of them; ${next}`
    : `${inWindow} mails in ${WINDOW} and ${inDay} in the last day that no right code has used, ${next}`;
};

interface Counts {
  readonly inWindow: number;
  readonly inDay: number;
}

const describe = (userRecord: UserRecord, now: number, limits: UserLimits) => ({
  until: lockedUntil(userRecord, now, limits),
  inWindow: countedSince(userRecord, now - SEND_WINDOW_SECONDS * 1000),
  inDay: countedSince(userRecord, now - DAY_SECONDS * 1000),
  limit: reachedLimit(userRecord, now, limits),
});

/** Returns one sentence with times in UTC, or undefined if nothing keeps the user from signing in. */
export const userStanding = (userRecord: UserRecord, now: number, limits: UserLimits): string | undefined => {
  const { until, limit, ...counts } = describe(userRecord, now, limits);
  const parts = [
    ...(until === undefined ? [] : [lockWords(until, userRecord)]),
    ...(userRecord.consecutiveFailures === 0 ? [] : [failureWords(userRecord)]),
    ...(limit === undefined ? [] : [limitWords(limit, counts)]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
};

/** Returns a line for people, to print after the user's challenges. */
export const userText = (userId: string, standing: string): string =>
  `user ${userId} now, times in UTC\n  => ${standing}\n\n`;

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/**
 * Returns a line of JSON. Only this line has a `kind`; a challenge's line has none. `lockedUntil` is `unlocked` if only an
 * operator can end the lock.
 */
export const userJson = (userId: string, userRecord: UserRecord, now: number, limits: UserLimits): string => {
  const { until, inWindow, inDay, limit } = describe(userRecord, now, limits);
  const line = {
    kind: 'guard',
    userId,
    consecutiveFailures: userRecord.consecutiveFailures,
    lastFailureAt: iso(userRecord.lastFailureAt),
    lockedUntil: until === Number.POSITIVE_INFINITY ? 'unlocked' : iso(until),
    mailsInWindow: inWindow,
    mailsInDay: inDay,
    nextMailAt: iso(limit?.until ?? now),
    limit: limit?.code ?? null,
    standing: userStanding(userRecord, now, limits) ?? null,
  };
  return `${JSON.stringify(line)}\n`;
};
