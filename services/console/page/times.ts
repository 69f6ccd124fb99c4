/** Times and durations in words. Times are epoch milliseconds. */

const CLOCK: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
};

/** `14:03:22`, in the reader's time zone. */
export const clockTime = (at: number): string => new Date(at).toLocaleTimeString('en-GB', CLOCK);

/** `3 Mar 2025, 14:03:22`. */
export const dateTime = (at: number): string =>
  `${new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${clockTime(at)}`;

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export const duration = (ms: number): string => {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(seconds < 0.0995 ? 2 : 1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600)
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round((whole % 3600) / 60);
  return minutes === 0 ? `${Math.floor(whole / 3600)} h` : `${Math.floor(whole / 3600)} h ${minutes} min`;
};

/** `4:32` until then, or undefined when the time has come. */
export const countdown = (until: number, now: number): string | undefined => {
  const seconds = Math.ceil((until - now) / 1000);
  if (!(seconds > 0)) return undefined;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** `1 try`, `4 tries`. */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;
