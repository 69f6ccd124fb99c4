/** Says how a user stands, for people and for programs: locks and limits that span sign-ins. */
import { DAY_SECONDS, SEND_WINDOW_SECONDS } from '../../shared/domain/limits.ts';
import { countedSince } from '../../shared/domain/orders.ts';
import { lockedUntil, reachedLimit, type UserLimits, type UserRecord } from '../../shared/domain/policy.ts';

/** `2025-01-15 12:15:00`, UTC. */
const utc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** `locked until 2025-01-15 12:15:00`. `until` is in epoch milliseconds, or infinite. */
export const lockWords = (until: number): string =>
  Number.isFinite(until) ? `locked until ${utc(until)}` : 'locked until an operator unlocks (npm run unlock)';

/** Says how many wrong codes there were in a row, and when the last one came. */
export const failureWords = ({ consecutiveFailures, lastFailureAt }: UserRecord): string => {
  const codes = `${consecutiveFailures} wrong code${consecutiveFailures === 1 ? '' : 's'} in a row`;
  return lastFailureAt === undefined ? codes : `${codes}, the last ${utc(lastFailureAt)}`;
};

const describe = (userRecord: UserRecord, now: number, limits: UserLimits) => ({
  until: lockedUntil(userRecord, now, limits),
  inWindow: countedSince(userRecord, now - SEND_WINDOW_SECONDS * 1000),
  inDay: countedSince(userRecord, now - DAY_SECONDS * 1000),
  nextMailAt: reachedLimit(userRecord, now, limits)?.until ?? now,
});

/** Returns one sentence with times in UTC, or undefined if nothing keeps the user from signing in. */
export const userStanding = (userRecord: UserRecord, now: number, limits: UserLimits): string | undefined => {
  const { until, inWindow, inDay, nextMailAt } = describe(userRecord, now, limits);
  const parts = [
    ...(until === undefined ? [] : [lockWords(until)]),
    ...(userRecord.consecutiveFailures === 0 ? [] : [failureWords(userRecord)]),
    ...(nextMailAt === now
      ? []
      : [
          `${inWindow} mails in the last ${SEND_WINDOW_SECONDS / 60} minutes and ${inDay} in the last day that no right code has used, the next possible at ${utc(nextMailAt)}`,
        ]),
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
  const { until, inWindow, inDay, nextMailAt } = describe(userRecord, now, limits);
  const line = {
    kind: 'guard',
    userId,
    consecutiveFailures: userRecord.consecutiveFailures,
    lastFailureAt: iso(userRecord.lastFailureAt),
    lockedUntil: until === Number.POSITIVE_INFINITY ? 'unlocked' : iso(until),
    mailsInWindow: inWindow,
    mailsInDay: inDay,
    nextMailAt: iso(nextMailAt),
    standing: userStanding(userRecord, now, limits) ?? null,
  };
  return `${JSON.stringify(line)}\n`;
};
