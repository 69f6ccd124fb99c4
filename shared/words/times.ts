/** Writes times, durations and counts as texts. Times are epoch milliseconds and are shown in the reader's time zone. */

const MINUTE_MS = 60_000;

const CLOCK: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
};

const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };

/** `14:03:22`. */
export const clockTime = (at: number): string => new Date(at).toLocaleTimeString('en-GB', CLOCK);

/** `3 Mar 2025, 14:03:22`. */
export const dateTime = (at: number): string =>
  `${new Date(at).toLocaleDateString('en-GB', DATE)}, ${clockTime(at)}`;

/**
 * The minute from which a user may try again, as in the language: `14:03`, or `3 Mar, 14:03` if that is not today. It is rounded
 * up, because a user who comes a few seconds too early would be refused again. The digits are those of the code in every language.
 */
export const retryTime = (at: number, now: number, language: string): string => {
  const minute = Math.ceil(at / MINUTE_MS) * MINUTE_MS;
  const isToday = new Date(minute).toDateString() === new Date(now).toDateString();
  const day = { day: 'numeric', month: 'short' } as const;
  const time = { hour: '2-digit', minute: '2-digit', numberingSystem: 'latn' } as const;
  return new Intl.DateTimeFormat(language, { ...(!isToday && day), ...time }).format(minute);
};

/** The minutes and seconds until then: `4:32`. Returns undefined if the time has come. */
export const countdown = (until: number, now: number): string | undefined => {
  const seconds = Math.ceil((until - now) / 1000);
  if (!(seconds > 0)) return undefined;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const joined = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;

/** `40 ms`, `1.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export const duration = (ms: number): string => {
  const milliseconds = Math.max(0, Math.round(ms));
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 9_950) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
};

/** `1 try`, `4 tries`. */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;
