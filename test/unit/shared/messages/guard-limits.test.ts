import { expect, test } from 'vitest';
import { parseGuardLimits, writeGuardLimits } from '../../../../shared/messages/guard-limits.ts';
import { LIMITS } from '../../../support/table/challenges.ts';

test('the limits are read as they were written', () => {
  expect(parseGuardLimits(writeGuardLimits(LIMITS))).toEqual(LIMITS);
});
