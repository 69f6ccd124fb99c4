import { expect, test } from 'vitest';
import { parseUserLimits, toWrittenLimits } from '../../../../../shared/messages/stack/user-limits.ts';
import { DEFAULT_LIMITS } from '../../../../support/table/challenges.ts';

const USER_LIMITS = {
  lockThreshold: 20,
  lockDuration: 900,
  maxFailures: 100,
  sendsPerWindow: 5,
  sendsPerDay: 20,
  ordersPerWindow: 60,
  ordersPerDay: 200,
};

test('come back as they were written, without the limits that no user record is judged by', () => {
  expect(parseUserLimits(JSON.stringify(toWrittenLimits(DEFAULT_LIMITS)))).toEqual(USER_LIMITS);
});

test('keep the names and units that commands and stacks of other versions know', () => {
  expect(toWrittenLimits(DEFAULT_LIMITS)).toEqual({
    lockThreshold: 20,
    lockSeconds: 900,
    maxFailures: 100,
    sendsPerWindow: 5,
    sendsPerDay: 20,
    ordersPerWindow: 60,
    ordersPerDay: 200,
  });
});

test('of a stack without a ceiling of orders have none', () => {
  const { ordersPerWindow, ordersPerDay, ...older } = toWrittenLimits(DEFAULT_LIMITS);

  const none = { ordersPerWindow: Number.POSITIVE_INFINITY, ordersPerDay: Number.POSITIVE_INFINITY };
  expect(parseUserLimits(JSON.stringify(older))).toEqual({ ...USER_LIMITS, ...none });
});

test('of a stack of the CloudFormation template are texts, with a product for a time', () => {
  const numbers = Object.entries({ ...toWrittenLimits(DEFAULT_LIMITS), lockSeconds: '15*60' });
  const texts = Object.fromEntries(numbers.map(([name, value]) => [name, String(value)]));

  expect(parseUserLimits(JSON.stringify(texts))).toEqual(USER_LIMITS);
});
