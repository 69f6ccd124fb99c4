import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as limits from '../../../../shared/domain/limits.ts';

const SERVICES = join(import.meta.dirname, '../../../../services');

describe.each(Object.entries(limits.LIMITS))('%s', (_, { min, max, default: usual, readBy }) => {
  test('has its default within its range', () => {
    expect(usual).toBeGreaterThanOrEqual(min);
    expect(usual).toBeLessThanOrEqual(max);
  });

  test('is read by services that there are', () => {
    expect(readBy.filter((service) => !existsSync(join(SERVICES, service, 'handler.ts')))).toEqual([]);
  });
});

test('a challenge that is handed out again has less life than one that is mailed again', () => {
  expect(limits.REUSE_MINIMUM_LIFE_SECONDS).toBeLessThan(limits.RESEND_MINIMUM_LIFE_SECONDS);
  expect(limits.RESEND_MINIMUM_LIFE_SECONDS).toBeLessThan(limits.LIMITS.codeLifetime.min);
});
