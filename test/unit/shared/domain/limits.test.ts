import { expect, test } from 'vitest';
import * as limits from '../../../../shared/domain/limits.ts';

const RANGES = Object.entries(limits).flatMap(([name, limit]) =>
  typeof limit === 'object' ? [[name, limit] as const] : [],
);

test.each(RANGES)('%s has its default within its range', (_, { min, max, default: usual }) => {
  expect(usual).toBeGreaterThanOrEqual(min);
  expect(usual).toBeLessThanOrEqual(max);
});

test('a challenge that is handed out again has less life than one that is mailed again', () => {
  expect(limits.REUSE_MINIMUM_LIFE_SECONDS).toBeLessThan(limits.RESEND_MINIMUM_LIFE_SECONDS);
  expect(limits.RESEND_MINIMUM_LIFE_SECONDS).toBeLessThan(limits.CODE_LIFETIME_SECONDS.min);
});
