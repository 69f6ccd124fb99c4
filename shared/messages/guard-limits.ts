/**
 * The limits of a user's guard as an output of the stack: written at synthesis, read by the commands. Stack and commands may be
 * of different versions, so the names and units here stay, whatever the limits are called elsewhere.
 */
import type { GuardLimits } from '../domain/policy.ts';

type Written = Omit<GuardLimits, 'lockDuration'> & { readonly lockSeconds: number };

/** The output's value. */
export const writeGuardLimits = (limits: GuardLimits): string => {
  const { lockThreshold, lockDuration: lockSeconds, maxFailures, sendsPerWindow, sendsPerDay } = limits;
  const written: Written = { lockThreshold, lockSeconds, maxFailures, sendsPerWindow, sendsPerDay };
  return JSON.stringify(written);
};

/** Reads the value of the output, of a stack or of the local system. */
export const parseGuardLimits = (output: string): GuardLimits => {
  const { lockSeconds, ...limits } = JSON.parse(output) as Written;
  return { ...limits, lockDuration: lockSeconds };
};
