import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  RESEND_MINIMUM_LIFE_SECONDS,
  REUSE_MINIMUM_LIFE_SECONDS,
} from '../../../../shared/domain/code-life.ts';
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
  expect(REUSE_MINIMUM_LIFE_SECONDS).toBeLessThan(RESEND_MINIMUM_LIFE_SECONDS);
  expect(RESEND_MINIMUM_LIFE_SECONDS).toBeLessThan(limits.LIMITS.codeLifetime.min);
});

test('a service is told of the limits that it reads, and of no others', () => {
  const all = Object.entries(limits.LIMITS);
  const read = (service: string) =>
    all.filter(([, { readBy }]) => (readBy as readonly string[]).includes(service)).map(([name]) => name);

  for (const service of ['create-auth-challenge', 'guard-tokens', 'nobody']) {
    expect(limits.limitsReadBy(service)).toEqual(read(service));
  }
  expect(read('create-auth-challenge').length).toBeGreaterThan(0);
});

test('only the name of a limit is taken for one', () => {
  expect(limits.isLimitName('codeLength')).toBe(true);
  expect(limits.isLimitName('tableName')).toBe(false);
});

test('times are counted in seconds, and what is no time as it is', () => {
  const { codeLifetime, lockDuration, codeLength } = limits.LIMITS;

  expect([codeLifetime, lockDuration, codeLength].map(limits.secondsIn)).toEqual([1, 60, 1]);
});
