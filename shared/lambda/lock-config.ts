/** When a user is locked, as create-auth-challenge and verify-auth-challenge both read it from their environment. */

import { LOCK_MINUTES, LOCK_THRESHOLD, MAX_FAILURES } from '../domain/limits.ts';
import type { LockLimits } from '../domain/policy.ts';
import { type Config, integer } from './config.ts';

export const lockEnvSchema = {
  LOCK_THRESHOLD: integer(LOCK_THRESHOLD),
  LOCK_MINUTES: integer(LOCK_MINUTES),
  MAX_FAILURES: integer(MAX_FAILURES),
} as const;

/** The settings of the lock as the policy reads them, with the time in seconds. */
export const toLockLimits = (config: Config<typeof lockEnvSchema>): LockLimits => ({
  lockThreshold: config.LOCK_THRESHOLD,
  lockSeconds: config.LOCK_MINUTES * 60,
  maxFailures: config.MAX_FAILURES,
});
