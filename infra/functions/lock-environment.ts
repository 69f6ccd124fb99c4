import type { EnvironmentOf } from '../../shared/lambda/config.ts';
import type { lockEnvSchema } from '../../shared/lambda/lock-config.ts';
import type { Settings } from '../settings/settings.ts';

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
