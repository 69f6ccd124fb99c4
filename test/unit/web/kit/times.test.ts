import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockMinute, count, countdown, dayMinute } from '../../../../web/kit/times.ts';

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

test('a minute is shown with its day where it is asked for', () => {
  const at = new Date(2025, 2, 3, 14, 3, 59).getTime();

  expect(clockMinute(at)).toBe('14:03');
  expect(dayMinute(at)).toBe('3 Mar, 14:03');
});
