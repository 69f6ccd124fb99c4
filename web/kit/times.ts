/** Writes times and numbers in words. Times are epoch milliseconds. */

const CLOCK: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
};

/** `14:03:22`, in the reader's time zone. */
export const clockTime = (at: number): string => new Date(at).toLocaleTimeString('en-GB', CLOCK);

/** `14:03`. */
export const clockMinute = (at: number): string => clockTime(at).slice(0, 5);

/** `3 Mar, 14:03`. */
export const dayMinute = (at: number): string =>
  `${new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${clockMinute(at)}`;

/** `3 Mar 2025, 14:03:22`. */
export const dateTime = (at: number): string =>
  `${new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${clockTime(at)}`;

/** The time left until `until`, such as `4:32`, or undefined if it is over. */
export const countdown = (until: number, now: number): string | undefined => {
  const seconds = Math.ceil((until - now) / 1000);
  if (!(seconds > 0)) return undefined;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** `1 try`, `4 tries`. */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;
