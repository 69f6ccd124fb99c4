import { expect, test } from 'vitest';
import { describeFailure, describeUnusable } from '../../../../../local/engines/lambda/failure-line.ts';

const failed = (errorType: string, errorMessage: string) =>
  describeFailure('claims', { kind: 'failed', errorType, errorMessage }, '/app/.local/logs');

test('a function that has failed is named, with its error and its log', () => {
  expect(failed('TypeError', 'tenant is undefined\n    at handler (index.mjs:3)')).toBe(
    'The function claims has failed: TypeError: tenant is undefined (its log: /app/.local/logs/claims.log)',
  );
});

test('one that has run out of time is said without the id of the request', () => {
  const errorMessage = 'RequestId: 1b4e28ba-2fa1 Error: Task timed out after 3.00 seconds';

  expect(describeFailure('claims', { kind: 'timeout', errorMessage }, '/logs')).toContain(
    'has failed: Task timed out after 3.00 seconds (its log',
  );
});

test('the module that is missing is named', () => {
  expect(failed('Error', "Cannot find package '@aws-sdk/client-s3' imported from /app/index.mjs")).toContain(
    "Cannot find package '@aws-sdk/client-s3' imported from /app/index.mjs (its",
  );
});

test('addresses and codes are not shown', () => {
  const line = failed('Error', 'ann@example.com sent 004217, then 123-456 and 99 x, "ann"@example.com');

  expect(line).toContain('Error: *** sent …, then … and 99 x, ***');
});

test('one that has succeeded is not worth a line, unless its answer cannot be used', () => {
  expect(describeFailure('claims', { kind: 'returned', payload: {} }, '/logs')).toBeUndefined();
  expect(describeUnusable('claims', 'InvalidLambdaResponseException', '/logs')).toBe(
    'The function claims has failed: what it returned cannot be used (InvalidLambdaResponseException) (its log: /logs/claims.log)',
  );
});
