import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryTime } from '../../../../shared/words/retry-time.ts';

const at = (hours: number, minutes: number, seconds = 0, ms = 0, day = 2) =>
  new Date(2026, 2, day, hours, minutes, seconds, ms).getTime();

describe('the time to come back', () => {
  test.each([
    ['the minute', at(14, 3), '14:03'],
    ['the next minute, where it is not a whole one', at(14, 3, 0, 1), '14:04'],
    ['two digits of an early hour', at(9, 5), '09:05'],
    ['the day too, where it is not today', at(0, 0, 0, 0, 3), '3 Mar, 00:00'],
    ['the day of the minute that is shown', at(23, 59, 59), '3 Mar, 00:00'],
    ['the day too, where it is tomorrow at this time', at(10, 0, 0, 0, 3), '3 Mar, 10:00'],
  ])('has %s', (_, time, words) => {
    expect(retryTime(time, at(10, 0))).toBe(words);
  });

  test('is never too early, nor a minute late', () => {
    const now = at(0, 0);
    const today = fc.integer({ min: now, max: at(23, 59) });
    fc.assert(
      fc.property(today, (time) => {
        const [hours = 0, minutes = 0] = retryTime(time, now).split(':').map(Number);
        const late = at(hours, minutes) - time;

        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(60_000);
      }),
    );
  });
});
