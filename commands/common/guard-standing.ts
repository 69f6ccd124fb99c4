/** How a user's guard stands, for people and for programs: locks and limits that span sign-ins. */
import { SEND_WINDOW_SECONDS } from '../../shared/domain/limits.ts';
import {
  DAY_SECONDS,
  type Guard,
  type GuardLimits,
  lockedUntil,
  sendAllowedAt,
} from '../../shared/domain/policy.ts';

/** `2025-01-15 12:15:00`, UTC. */
const utc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** `locked until 2025-01-15 12:15:00`, of epoch milliseconds or infinite. */
export const lockWords = (until: number): string =>
  Number.isFinite(until) ? `locked until ${utc(until)}` : 'locked until an operator unlocks (npm run unlock)';

/** How many wrong codes there were in a row, and when the last one came. */
export const failureWords = ({ consecutiveFailures, lastFailureAt }: Guard): string => {
  const codes = `${consecutiveFailures} wrong code${consecutiveFailures === 1 ? '' : 's'} in a row`;
  return lastFailureAt === undefined ? codes : `${codes}, the last ${utc(lastFailureAt)}`;
};

const since = ({ sends }: Guard, now: number, seconds: number): number =>
  sends.filter((at) => at > now - seconds * 1000).length;

const describe = (guard: Guard, now: number, limits: GuardLimits) => ({
  until: lockedUntil(guard, now, limits),
  inWindow: since(guard, now, SEND_WINDOW_SECONDS),
  inDay: since(guard, now, DAY_SECONDS),
  nextMailAt: Math.max(now, sendAllowedAt(guard, limits)),
});

/** One sentence, times in UTC; undefined for a user whose sign-ins nothing stands in the way of. */
export const guardStanding = (guard: Guard, now: number, limits: GuardLimits): string | undefined => {
  const { until, inWindow, inDay, nextMailAt } = describe(guard, now, limits);
  const parts = [
    ...(until === undefined ? [] : [lockWords(until)]),
    ...(guard.consecutiveFailures === 0 ? [] : [failureWords(guard)]),
    ...(nextMailAt === now
      ? []
      : [
          `${inWindow} mails in the last 15 minutes and ${inDay} in the last day, the next possible at ${utc(nextMailAt)}`,
        ]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
};

/** A line for people, after the user's challenges. */
export const guardText = (userId: string, standing: string): string =>
  `user ${userId} now, times in UTC\n  => ${standing}\n\n`;

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** A line of JSON; `kind` tells it from the challenges' lines, which have none. A lock that only an operator ends is `unlocked`. */
export const guardJson = (userId: string, guard: Guard, now: number, limits: GuardLimits): string => {
  const { until, inWindow, inDay, nextMailAt } = describe(guard, now, limits);
  const line = {
    kind: 'guard',
    userId,
    consecutiveFailures: guard.consecutiveFailures,
    lastFailureAt: iso(guard.lastFailureAt),
    lockedUntil: until === Number.POSITIVE_INFINITY ? 'unlocked' : iso(until),
    mailsInWindow: inWindow,
    mailsInDay: inDay,
    nextMailAt: iso(nextMailAt),
    standing: guardStanding(guard, now, limits) ?? null,
  };
  return `${JSON.stringify(line)}\n`;
};
