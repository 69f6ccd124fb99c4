/** Writes times as the audit trail shows them, in UTC. All arguments are epoch milliseconds. */

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' };

const UNKNOWN = 'at an unknown time';

const dayOf = (at: number): string => new Date(at).toLocaleDateString('en-GB', DAY);

/** `15 Jan 2025, 12:00:01 UTC`. */
export const utcDateTime = (at: number): string =>
  Number.isFinite(at) ? `${dayOf(at)}, ${new Date(at).toISOString().slice(11, 19)} UTC` : UNKNOWN;

/** `12:00:01.203`, with the day before it if it is not the day of `start`. */
export const stepTime = (at: number, start: number): string => {
  if (!Number.isFinite(at)) return UNKNOWN;
  const time = new Date(at).toISOString().slice(11, 23);
  return dayOf(at) === dayOf(start) ? time : `${dayOf(at)}, ${time}`;
};
