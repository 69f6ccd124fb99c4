import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { aFeedback, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import { aChallenge } from '../../../support/table/challenges.ts';

const dynamo = mockClient(DynamoDBClient);
const record = await loadHandler('record-feedback', {
  TABLE_NAME: 'challenges',
  METRICS_NAMESPACE: 'EmailOtp',
  CONFIGURATION_SET,
});

afterAll(() => dynamo.restore());
beforeEach(() => {
  dynamo.reset();
  dynamo.on(UpdateItemCommand).resolves({ Attributes: marshall(aChallenge()) });
});

test('writes a report into the trail in 1 call, and returns nothing', async () => {
  expect(await record(aFeedback('Delivery'))).toBeUndefined();
  expect(dynamo.calls()).toHaveLength(1);
});

test('leaves a mail alone that was sent with another configuration set', async () => {
  const foreign = aFeedback('Delivery', { tags: { 'ses:configuration-set': ['news'] } });

  expect(await record(foreign)).toBeUndefined();
  expect(dynamo.calls()).toEqual([]);
});

test('fails for what it cannot read, so that it ends in the dead-letter queue', async () => {
  await expect(record({ ...aFeedback('Delivery'), at: 'yesterday' })).rejects.toMatchObject({
    name: 'InvalidFeedback',
  });
});

test('fails where DynamoDB does, so that it is tried again', async () => {
  dynamo.on(UpdateItemCommand).rejects(new Error('slow down'));

  await expect(record(aFeedback('Delivery'))).rejects.toThrow(/went wrong on our side/);
});
