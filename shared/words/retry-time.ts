/** When to come back, in words. */

const MINUTE_MS = 60_000;

/**
 * `14:03` in the reader's time zone, `3 Mar, 14:03` where that is not today. Never earlier than `at`, so that whoever waits
 * for it is not refused again. Times are epoch milliseconds.
 */
export const retryTime = (at: number, now: number): string => {
  const minute = new Date(Math.ceil(at / MINUTE_MS) * MINUTE_MS);
  const isToday = minute.toDateString() === new Date(now).toDateString();
  return minute.toLocaleString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...(!isToday && { day: 'numeric', month: 'short' }),
  });
};
