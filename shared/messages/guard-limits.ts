/** The limits of a user's guard as an output of the stack: written at synthesis, read by the commands. */
import type { GuardLimits } from '../domain/policy.ts';

/** The output's value. */
export const writeGuardLimits = (limits: GuardLimits): string => JSON.stringify(limits);

/** Reads the value of the output, of a stack or of the local system. */
export const parseGuardLimits = (output: string): GuardLimits => JSON.parse(output) as GuardLimits;
