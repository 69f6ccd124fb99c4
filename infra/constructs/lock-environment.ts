import type { EnvironmentOf } from '../../shared/config.ts';
import type { lockEnvSchema } from '../../shared/lock-limits.ts';
import type { Settings } from '../settings.ts';

/** When a user is locked, for the functions that lock and that look. */
export const lockEnvironment = ({
  lockThreshold,
  lockDuration,
  maxFailures,
}: Settings): EnvironmentOf<typeof lockEnvSchema> => ({
  LOCK_THRESHOLD: String(lockThreshold),
  LOCK_MINUTES: String(lockDuration.toMinutes()),
  MAX_FAILURES: String(maxFailures),
});
