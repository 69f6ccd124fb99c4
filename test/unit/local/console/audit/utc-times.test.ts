import { expect, test } from 'vitest';
import { stepTime, utcDateTime } from '../../../../../local/console/audit/utc-times.ts';
import { MINUTE, NOW } from '../../../../support/table/challenges.ts';

test('times are UTC wherever they are read', () => {
  expect(utcDateTime(NOW)).toBe('15 Jan 2025, 12:00:00 UTC');
});

test('a step says its day only where that is another one', () => {
  expect(stepTime(NOW + 203, NOW)).toBe('12:00:00.203');
  expect(stepTime(NOW + 12 * 60 * MINUTE, NOW)).toBe('16 Jan 2025, 00:00:00.000');
});

test('a time that cannot be read is said to be unknown', () => {
  expect(utcDateTime(Number.NaN)).toBe('at an unknown time');
  expect(stepTime(Number.NaN, NOW)).toBe('at an unknown time');
});
