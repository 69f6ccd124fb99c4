import 'aws-sdk-client-mock-vitest/extend';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { createStartDelivery } from '../../../../services/create-auth-challenge/start-delivery.ts';
import { writeDelivery } from '../../../../shared/messages/delivery.ts';
import { ADDRESS_HASH, aChallengeId, USER_ID } from '../../../support/table/challenges.ts';

const STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:Delivery';
const client = new SFNClient({ region: 'us-east-1' });
const stepFunctions = mockClient(client);
const startDelivery = createStartDelivery(client, STATE_MACHINE_ARN);

const INPUT = {
  userId: USER_ID,
  challengeId: aChallengeId(),
  delivery: 2,
  email: 'alice@example.com',
  locale: 'de',
  addressHash: ADDRESS_HASH,
};

beforeEach(() => {
  stepFunctions.reset();
});

test('starts one execution, named after the challenge and the delivery, with ids, address, its hash and the language', async () => {
  await startDelivery(INPUT);

  expect(stepFunctions).toHaveReceivedCommandTimes(StartExecutionCommand, 1);
  expect(stepFunctions.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
    stateMachineArn: STATE_MACHINE_ARN,
    name: `${aChallengeId()}-2`,
    input: writeDelivery(INPUT),
  });
});

test('gives executions names that Step Functions takes: at most 80 characters without special ones', async () => {
  await startDelivery({ ...INPUT, delivery: 999 });

  const { name } = stepFunctions.commandCalls(StartExecutionCommand)[0]?.args[0].input ?? {};
  expect(name).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
});

test('throws on what Step Functions refuses, so that the sign-in does not wait for a mail that never comes', async () => {
  const refusal = new Error('StateMachineDoesNotExist');
  stepFunctions.on(StartExecutionCommand).rejects(refusal);

  await expect(startDelivery(INPUT)).rejects.toThrow(refusal);
});
