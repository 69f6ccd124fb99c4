import { expect, test } from 'vitest';
import { parseGuardLimits, writeGuardLimits } from '../../../../shared/messages/guard-limits.ts';
import { DEFAULT_LIMITS } from '../../../support/table/challenges.ts';

const GUARD_LIMITS = {
  lockThreshold: 20,
  lockDuration: 900,
  maxFailures: 100,
  sendsPerWindow: 5,
  sendsPerDay: 20,
};

test('come back as they were written, without the limits that no guard is judged by', () => {
  expect(parseGuardLimits(writeGuardLimits(DEFAULT_LIMITS))).toEqual(GUARD_LIMITS);
});

test('keep the names and units that commands and stacks of other versions know', () => {
  expect(JSON.parse(writeGuardLimits(DEFAULT_LIMITS))).toEqual({
    lockThreshold: 20,
    lockSeconds: 900,
    maxFailures: 100,
    sendsPerWindow: 5,
    sendsPerDay: 20,
  });
});
