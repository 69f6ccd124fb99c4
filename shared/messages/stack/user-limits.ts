/**
 * The limits of user records, as an output of the stack for the commands. The stack and the commands may have different
 * versions, so the names and units here never change, even if the limits get other names elsewhere.
 */
import type { UserLimits } from '../../domain/policy.ts';
import { readWholeNumber } from '../../lambda/whole-number.ts';

type Written = Omit<UserLimits, 'lockDuration'> & { readonly lockSeconds: number };

/** The output's value is the JSON of this. */
export const toWrittenLimits = (limits: UserLimits): Written => {
  const { lockThreshold, lockDuration: lockSeconds, maxFailures } = limits;
  const { sendsPerWindow, sendsPerDay, ordersPerWindow, ordersPerDay } = limits;
  return {
    lockThreshold,
    lockSeconds,
    maxFailures,
    sendsPerWindow,
    sendsPerDay,
    ordersPerWindow,
    ordersPerDay,
  };
};

/**
 * Reads the value of the output of a stack or of the local system. Older stacks have no ceiling of orders. A stack of the
 * CloudFormation template has texts in place of the numbers, such as `"15*60"`.
 */
export const parseUserLimits = (output: string): UserLimits => {
  const found: Readonly<Record<string, unknown>> = JSON.parse(output);
  const numbers = Object.entries(found).map(([name, value]) => [name, readWholeNumber(String(value))]);
  const { lockSeconds, ...limits } = Object.fromEntries(numbers) as Written;
  const none = { ordersPerWindow: Number.POSITIVE_INFINITY, ordersPerDay: Number.POSITIVE_INFINITY };
  return { ...none, ...limits, lockDuration: lockSeconds };
};
