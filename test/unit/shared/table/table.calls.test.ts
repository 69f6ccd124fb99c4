import 'aws-sdk-client-mock-vitest/extend';
import {
  DynamoDBClient,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { createChallengeStore } from '../../../../shared/table/challenge-store.ts';
import { createUserStore } from '../../../../shared/table/user-store.ts';
import {
  aClaim,
  aClaimedDelivery,
  aFact,
  anAnswer,
  aRequest,
  DEFAULT_LIMITS,
  NOW,
  REF,
  USER_ID,
} from '../../../support/table/challenges.ts';

// What the engine in the stores' other tests cannot show, because it always reads consistently and never fails.

const client = new DynamoDBClient({ region: 'us-east-1' });
const dynamo = mockClient(client);
const challenges = createChallengeStore(client, 'challenges');
const users = createUserStore(client, 'challenges');

beforeEach(() => void dynamo.reset());

test('a challenge is read consistently, by the key of its item', async () => {
  const stored = { recipient: 'a***@e***.com', expiresAt: NOW + 300_000, attempts: 0, events: {} };
  dynamo.on(GetItemCommand).resolves({ Item: marshall(stored) });

  expect(await challenges.read(REF)).toEqual({ ...REF, ...stored });

  expect(dynamo).toHaveReceivedCommandExactlyOnceWith(GetItemCommand, {
    TableName: 'challenges',
    Key: { pk: { S: `USER#${USER_ID}` }, sk: { S: `CHALLENGE#${REF.challengeId}` } },
    ConsistentRead: true,
  });
});

test('a user record is read consistently, by the key of its item, of which only the version has to be there', async () => {
  dynamo.on(GetItemCommand).resolves({ Item: marshall({ version: 4 }) });

  expect(await users.readUserRecord(USER_ID)).toStrictEqual({
    version: 4,
    consecutiveFailures: 0,
    sends: [],
  });

  expect(dynamo).toHaveReceivedCommandExactlyOnceWith(GetItemCommand, {
    TableName: 'challenges',
    Key: { pk: { S: `USER#${USER_ID}` }, sk: { S: 'GUARD' } },
    ConsistentRead: true,
  });
});

const USER_RECORD = { version: 4, consecutiveFailures: 0, sends: [] };
const FAILURE = { ...REF, round: 'round-1', now: NOW, exhausted: false, limits: DEFAULT_LIMITS };

test.each([
  ['request', () => challenges.request(aRequest())],
  ['reuse', () => challenges.reuse(aRequest())],
  ['consume', () => challenges.consume(anAnswer(), 'last')],
  ['countAttempt', () => challenges.countAttempt(anAnswer(), 'last')],
  ['replace', () => challenges.replace(REF, aFact())],
  ['claimLease', () => challenges.claimLease(aClaim())],
  ['releaseLease', () => challenges.releaseLease(aClaim())],
  ['claimDelivery', () => users.claimDelivery(USER_ID, USER_RECORD, aClaimedDelivery(USER_RECORD))],
  ['countFailure', () => users.countFailure(USER_ID, FAILURE)],
  ['clearFailures', () => users.clearFailures(USER_ID, REF.challengeId, { read: USER_RECORD })],
  ['giveBack', () => users.giveBack(REF, [1])],
  ['unlock', () => users.unlock(USER_ID, USER_RECORD, { mails: true })],
])('%s throws every error except a failed condition', async (_, write) => {
  const throttled = new ProvisionedThroughputExceededException({ message: 'slow down', $metadata: {} });
  dynamo.on(UpdateItemCommand).rejects(throttled);

  await expect(write()).rejects.toBe(throttled);
});
