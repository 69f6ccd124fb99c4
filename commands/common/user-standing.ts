/** How a user's record stands, for people and for programs: locks and limits that span sign-ins. */
import { SEND_WINDOW_SECONDS } from '../../shared/domain/limits.ts';
import {
  DAY_SECONDS,
  lockedUntil,
  sendAllowedAt,
  type UserLimits,
  type UserRecord,
} from '../../shared/domain/policy.ts';

/** `2025-01-15 12:15:00`, UTC. */
const utc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** `locked until 2025-01-15 12:15:00`, of epoch milliseconds or infinite. */
export const lockWords = (until: number): string =>
  Number.isFinite(until) ? `locked until ${utc(until)}` : 'locked until an operator unlocks (npm run unlock)';

/** How many wrong codes there were in a row, and when the last one came. */
export const failureWords = ({ consecutiveFailures, lastFailureAt }: UserRecord): string => {
  const codes = `${consecutiveFailures} wrong code${consecutiveFailures === 1 ? '' : 's'} in a row`;
  return lastFailureAt === undefined ? codes : `${codes}, the last ${utc(lastFailureAt)}`;
};

const since = ({ sends }: UserRecord, now: number, seconds: number): number =>
  sends.filter((at) => at > now - seconds * 1000).length;

const describe = (userRecord: UserRecord, now: number, limits: UserLimits) => ({
  until: lockedUntil(userRecord, now, limits),
  inWindow: since(userRecord, now, SEND_WINDOW_SECONDS),
  inDay: since(userRecord, now, DAY_SECONDS),
  nextMailAt: Math.max(now, sendAllowedAt(userRecord, limits)),
});

/** One sentence, times in UTC; undefined for a user whose sign-ins nothing stands in the way of. */
export const userStanding = (userRecord: UserRecord, now: number, limits: UserLimits): string | undefined => {
  const { until, inWindow, inDay, nextMailAt } = describe(userRecord, now, limits);
  const parts = [
    ...(until === undefined ? [] : [lockWords(until)]),
    ...(userRecord.consecutiveFailures === 0 ? [] : [failureWords(userRecord)]),
    ...(nextMailAt === now
      ? []
      : [
          `${inWindow} mails in the last 15 minutes and ${inDay} in the last day, the next possible at ${utc(nextMailAt)}`,
        ]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
};

/** A line for people, after the user's challenges. */
export const userText = (userId: string, standing: string): string =>
  `user ${userId} now, times in UTC\n  => ${standing}\n\n`;

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** A line of JSON; `kind` tells it from the challenges' lines, which have none. A lock that only an operator ends is `unlocked`. */
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
