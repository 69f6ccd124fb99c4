/** The limits of a user's guard as the stack's output says them, for the commands that look at guards. */
import type { GuardLimits } from '../../shared/domain/policy.ts';
import type { Settings } from './settings.ts';

export const guardLimits = ({
  lockThreshold,
  lockDuration,
  maxFailures,
  sendsPerWindow,
  sendsPerDay,
}: Settings): GuardLimits => ({
  lockThreshold,
  lockSeconds: lockDuration.toSeconds(),
  maxFailures,
  sendsPerWindow,
  sendsPerDay,
});
