import { afterEach, beforeEach, expect, test } from 'vitest';
import { sentenceIn, timeIn, zoneName } from '../../../../../local/console/frame/zone-times.ts';
import { NOW } from '../../../../support/table/challenges.ts';

const { TZ } = process.env;
beforeEach(() => {
  process.env.TZ = 'Asia/Kolkata';
});
afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

test('a time in UTC is the same wherever it is read, and says so', () => {
  expect(timeIn(NOW, 'dateTime', 'utc')).toBe('15 Jan 2025, 12:00:00 UTC');
  expect(timeIn(NOW, 'clock', 'utc')).toBe('12:00:00 UTC');
  expect(timeIn(NOW + 203, 'exact', 'utc')).toBe('12:00:00.203 UTC');
});

test('a local time has the zone of the reader beside it, and midnight is 00', () => {
  expect(zoneName(NOW, 'local')).toBe('GMT+5:30');
  expect(timeIn(NOW, 'dateTime', 'local')).toBe('15 Jan 2025, 17:30:00 GMT+5:30');
  expect(timeIn(NOW + 6.5 * 3_600_000, 'dateTime', 'local')).toBe('16 Jan 2025, 00:00:00 GMT+5:30');
});

test('a time that cannot be read is said to be unknown', () => {
  expect(timeIn(Number.NaN, 'dateTime', 'local')).toBe('at an unknown time');
});

test('the times of a sentence are written anew, and nothing else of it', () => {
  const sentence = 'locked until 2025-01-15 12:15:00; 5 wrong codes in a row, the last 2025-01-15 12:00:00';

  expect(sentenceIn(sentence, 'local')).toBe(
    'locked until 15 Jan 2025, 17:45:00 GMT+5:30; 5 wrong codes in a row, the last 15 Jan 2025, 17:30:00 GMT+5:30',
  );
  expect(sentenceIn('challenge 019467d1-1e00-7000-8000-000000000000', 'utc')).toBe(
    'challenge 019467d1-1e00-7000-8000-000000000000',
  );
});
