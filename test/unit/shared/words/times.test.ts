import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count, countdown, dateTime, duration, retryTime } from '../../../../shared/words/times.ts';

test.each([
  [-5, '0 ms'],
  [17, '17 ms'],
  [1_400, '1.4 s'],
  [9_960, '10 s'],
  [59_900, '1 min'],
  [200_000, '3 min 20 s'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
])('a duration of %i ms reads %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

describe('countdown', () => {
  test.each([
    [300_000, '5:00'],
    [299_001, '5:00'],
    [272_000, '4:32'],
    [9_100, '0:10'],
    [1, '0:01'],
  ])('with %i ms left shows %s', (left, text) => {
    expect(countdown(1_000_000 + left, 1_000_000)).toBe(text);
  });

  test('ends when the time has come, and where there is no time', () => {
    expect(countdown(1_000, 1_000)).toBeUndefined();
    expect(countdown(1_000, 5_000)).toBeUndefined();
    expect(countdown(Number.NaN, 5_000)).toBeUndefined();
  });

  test('never shows a time that is shorter than what is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_600_000 }), (left) => {
        const [minutes = 0, seconds = 0] = (countdown(left, 0) ?? '').split(':').map(Number);

        expect((minutes * 60 + seconds) * 1000).toBeGreaterThanOrEqual(left);
        expect(seconds).toBeLessThan(60);
      }),
    );
  });
});

test('counts in the singular and the plural', () => {
  expect([count(0, 'try', 'tries'), count(1, 'try', 'tries'), count(2, 'try', 'tries')]).toEqual([
    '0 tries',
    '1 try',
    '2 tries',
  ]);
});

test('a time is shown with its day and its seconds where they are asked for', () => {
  const at = new Date(2025, 2, 3, 14, 3, 59).getTime();

  expect(dateTime(at)).toBe('3 Mar 2025, 14:03:59');
});

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
    expect(retryTime(time, at(10, 0), 'en-GB')).toBe(words);
  });

  test.each([
    ['en-US', '02:03 PM', 'Mar 3, 02:03 PM'],
    ['de', '14:03', '3. März, 14:03'],
    ['ja', '14:03', '3月3日 14:03'],
    ['pt-BR', '14:03', '3 de mar., 14:03'],
  ])('is written as in the language: %s', (language, today, tomorrow) => {
    const spaces = /[\u202f\u00a0]/g;

    expect(retryTime(at(14, 3), at(10, 0), language).replace(spaces, ' ')).toBe(today);
    expect(retryTime(at(14, 3, 0, 0, 3), at(10, 0), language).replace(spaces, ' ')).toBe(tomorrow);
  });

  test.each(['ar-EG', 'fa', 'mr'])('has the digits of the code in every language: %s', (language) => {
    expect(retryTime(at(14, 3, 0, 0, 3), at(10, 0), language)).toMatch(/3/);
    expect(retryTime(at(14, 3, 0, 0, 3), at(10, 0), language)).not.toMatch(/[^\P{Nd}\d]/u);
  });

  test('is never too early, nor a minute late', () => {
    const now = at(0, 0);
    const today = fc.integer({ min: now, max: at(23, 59) });
    fc.assert(
      fc.property(today, (time) => {
        const [hours = 0, minutes = 0] = retryTime(time, now, 'en-GB').split(':').map(Number);
        const late = at(hours, minutes) - time;

        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(60_000);
      }),
    );
  });
});
