import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import type { Faults } from '../../../../local/faults/fault-table.ts';
import { disturbDynamoDb } from '../../../../local/faults/faulty-dynamodb.ts';
import type { Disturbance } from '../../../../local/ground/endpoint.ts';

const GET = 'DynamoDB_20120810.GetItem';

const call = (faults: Partial<Faults>, caller = 'LOCAL-CreateAuthChallenge', operation = GET) => {
  const disturb = disturbDynamoDb(createFaultSwitches(faults));
  return () => disturb({ caller, operation, body: Buffer.from('{}') });
};

const codeOf = (disturbance: Disturbance | undefined) =>
  disturbance?.kind === 'refused' ? disturbance.error.code : undefined;

test('a database that is down refuses the functions and the workflow', () => {
  expect(codeOf(call({ dynamoDbDown: true })())).toBe('InternalServerError');
  expect(codeOf(call({ dynamoDbDown: true }, 'local-workflow')())).toBe('InternalServerError');
});

test('a database that throttles refuses just that share', () => {
  const next = call({ dynamoDbThrottlePercent: 25 });

  const codes = Array.from({ length: 100 }, () => codeOf(next()));

  expect(codes.filter((code) => code === 'ThrottlingException')).toHaveLength(25);
});

test.each([
  ['pages and commands', 'local', GET],
  ['other services', 'LOCAL-CreateAuthChallenge', 'AWSStepFunctions.StartExecution'],
])('%s are spared', (_, caller, operation) => {
  expect(call({ dynamoDbDown: true, dynamoDbThrottlePercent: 100 }, caller, operation)()).toBeUndefined();
});

test('without the faults every call passes', () => {
  expect(call({})()).toBeUndefined();
});
