/**
 * The limits of a user's record as an output of the stack: written at synthesis, read by the commands. Stack and commands may be
 * of different versions, so the names and units here stay, whatever the limits are called elsewhere.
 */
import type { UserLimits } from '../domain/policy.ts';

type Written = Omit<UserLimits, 'lockDuration'> & { readonly lockSeconds: number };

/** The output's value. */
export const writeUserLimits = (limits: UserLimits): string => {
  const { lockThreshold, lockDuration: lockSeconds, maxFailures, sendsPerWindow, sendsPerDay } = limits;
  const written: Written = { lockThreshold, lockSeconds, maxFailures, sendsPerWindow, sendsPerDay };
  return JSON.stringify(written);
};

/** Reads the value of the output, of a stack or of the local system. */
export const parseUserLimits = (output: string): UserLimits => {
  const { lockSeconds, ...limits } = JSON.parse(output) as Written;
  return { ...limits, lockDuration: lockSeconds };
};
