import { DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { OPEN_SHARDS } from '../../../../shared/table/keys.ts';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import { aChallenge, REF } from '../../../support/table/challenges.ts';

const dynamo = mockClient(DynamoDBClient);
const sweep = await loadHandler('sweep-challenges', {
  TABLE_NAME: 'challenges',
  METRICS_NAMESPACE: 'EmailOtp',
});

afterAll(() => dynamo.restore());
beforeEach(() => {
  dynamo.reset();
  dynamo.on(QueryCommand).resolves({ Items: [] });
  dynamo.on(UpdateItemCommand).resolves({ Attributes: marshall(aChallenge()) });
});

test('looks into every shard once if nothing is due, and returns nothing', async () => {
  expect(await sweep({})).toBeUndefined();
  expect(dynamo.commandCalls(QueryCommand)).toHaveLength(OPEN_SHARDS.length);
  expect(dynamo.commandCalls(UpdateItemCommand)).toEqual([]);
});

test('closes what is due, by the allowed attempts of the settings', async () => {
  const key = { pk: `USER#${REF.userId}`, sk: `CHALLENGE#${REF.challengeId}` };
  dynamo
    .on(QueryCommand)
    .resolvesOnce({ Items: [marshall(key)] })
    .resolves({ Items: [] });

  await sweep({});

  const closings = dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input);
  expect(closings).toMatchObject([
    { Key: marshall(key), ExpressionAttributeValues: { ':outcome': { S: 'EXPIRED' }, ':max': { N: '5' } } },
  ]);
});
