import { expect, test } from 'vitest';
import { TIME_SPANS, timeSpan } from '../../../../../local/console/dashboard/time-span.ts';

test('a range is found by its name, and is an hour where there is none of that name', () => {
  for (const span of TIME_SPANS) expect(timeSpan(span.name)).toBe(span);
  expect(timeSpan(null).words).toBe('hour');
  expect(timeSpan('2w').words).toBe('hour');
});
