import 'aws-sdk-client-mock-vitest/extend';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { createChallengeStore } from '../../../../shared/table/challenge-store.ts';
import { createGuardStore } from '../../../../shared/table/guard-store.ts';
import { aClaim, anAnswer, aRequest, NOW, REF, SECOND, USER_ID } from '../../../support/table/challenges.ts';

// What the stores send, word for word, and what they make of DynamoDB's errors.

const client = new DynamoDBClient({ region: 'us-east-1' });
const dynamo = mockClient(client);
const challenges = createChallengeStore(client, 'challenges');
const guards = createGuardStore(client, 'challenges');

const CHALLENGE_KEY = { pk: { S: `USER#${USER_ID}` }, sk: { S: `CHALLENGE#${REF.challengeId}` } };
const GUARD_KEY = { pk: { S: `USER#${USER_ID}` }, sk: { S: 'GUARD' } };
const LIVE = 'attribute_not_exists(#outcome) AND expiresAt > :now';
const STORED = { recipient: 'a***@e***.com', expiresAt: NOW + 300_000, attempts: 0, events: {} };

const conditionFailed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
const throttled = new ProvisionedThroughputExceededException({ message: 'slow down', $metadata: {} });

const sent = () => {
  expect(dynamo).toHaveReceivedCommandTimes(UpdateItemCommand, 1);
  const { ConditionExpression, UpdateExpression, Key, ReturnValues } =
    dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input ?? {};
  return { Key, UpdateExpression, ConditionExpression, ...(ReturnValues && { ReturnValues }) };
};

beforeEach(() => {
  dynamo.reset();
  dynamo.on(UpdateItemCommand).resolves({ Attributes: marshall(STORED) });
});

describe('the challenge store', () => {
  test('reads consistently, by the key of one item', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: marshall(STORED) });

    const challenge = await challenges.read(REF);

    expect(challenge).toEqual({ ...REF, ...STORED });
    expect(dynamo).toHaveReceivedCommandExactlyOnceWith(GetItemCommand, {
      TableName: 'challenges',
      Key: CHALLENGE_KEY,
      ConsistentRead: true,
    });
  });

  test('creates a challenge only where there is none', async () => {
    await challenges.request(aRequest());

    expect(sent()).toEqual({
      Key: CHALLENGE_KEY,
      UpdateExpression:
        'SET recipient = :recipient, expiresAt = :expiresAt, attempts = :zero, openShard = :shard, #ttl = :ttl, events = :events',
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValues: 'ALL_NEW',
    });
  });

  test('notes a resend only on a challenge that is there and not over', async () => {
    await challenges.request(aRequest({ delivery: 2 }));

    expect(sent()).toMatchObject({
      UpdateExpression: 'SET events.#requested = if_not_exists(events.#requested, :fact)',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#outcome)',
    });
    expect(dynamo).toHaveReceivedCommandWith(UpdateItemCommand, {
      ExpressionAttributeNames: { '#outcome': 'outcome', '#requested': '2#RESEND_REQUESTED' },
    });
  });

  test('verifies on condition that the challenge is live, or was verified by this round', async () => {
    await challenges.consume(anAnswer(), 'notLast');

    expect(sent()).toMatchObject({
      Key: CHALLENGE_KEY,
      UpdateExpression:
        'SET #outcome = :verified, verifiedRound = :round, events.#verified = if_not_exists(events.#verified, :fact) REMOVE openShard',
      ConditionExpression:
        `(${LIVE} AND attempts < :last AND attribute_not_exists(events.#attempt)) OR ` +
        '(#outcome = :verified AND verifiedRound = :round)',
    });
    expect(dynamo).toHaveReceivedCommandWith(UpdateItemCommand, {
      ExpressionAttributeValues: marshall({
        ':verified': 'VERIFIED',
        ':round': 'round-1',
        ':now': NOW + SECOND,
        ':last': 2,
        ':fact': anAnswer().fact,
      }),
    });
  });

  test.each([
    ['notLast', 'attempts < :last', ''],
    ['last', 'attempts = :last', ', #outcome = :exhausted, events.#exhausted = :exhaustion REMOVE openShard'],
  ] as const)('counts a wrong answer (%s) in one conditional write', async (attempt, admitted, closing) => {
    await challenges.countAttempt(anAnswer(), attempt);

    expect(sent()).toMatchObject({
      UpdateExpression: `SET attempts = attempts + :one, events.#attempt = :fact${closing}`,
      ConditionExpression: `${LIVE} AND ${admitted} AND attribute_not_exists(events.#attempt)`,
    });
  });

  test('claims a lease on condition that it is free, over or its own, and the mail not sent', async () => {
    await challenges.claimLease(aClaim());

    expect(sent()).toMatchObject({
      UpdateExpression: 'SET #lease = :lease, recipientHash = if_not_exists(recipientHash, :recipientHash)',
      ConditionExpression:
        `${LIVE} AND attribute_not_exists(events.#sent) AND attribute_not_exists(events.#accepted) AND ` +
        '(attribute_not_exists(#lease) OR #lease.#until <= :now OR #lease.#owner = :owner)',
    });
    expect(dynamo).toHaveReceivedCommandWith(UpdateItemCommand, {
      ExpressionAttributeNames: {
        '#outcome': 'outcome',
        '#sent': '1#SENT',
        '#accepted': '1#ACCEPTED',
        '#lease': 'lease#1',
        '#until': 'until',
        '#owner': 'owner',
      },
    });
  });

  test('answers no where a condition does not hold', async () => {
    dynamo.on(UpdateItemCommand).rejects(conditionFailed);

    const results = [
      await challenges.request(aRequest({ delivery: 2 })),
      await challenges.consume(anAnswer(), 'last'),
      await challenges.countAttempt(anAnswer(), 'last'),
      await challenges.claimLease(aClaim()),
    ];

    expect(results).toEqual([undefined, undefined, false, undefined]);
  });

  test.each([
    ['request', () => challenges.request(aRequest())],
    ['consume', () => challenges.consume(anAnswer(), 'last')],
    ['countAttempt', () => challenges.countAttempt(anAnswer(), 'last')],
    ['claimLease', () => challenges.claimLease(aClaim())],
  ])('throws every other error on (%s)', async (_, write) => {
    dynamo.on(UpdateItemCommand).rejects(throttled);

    await expect(write()).rejects.toBe(throttled);
  });
});

describe('the guard store', () => {
  const GUARD = { version: 4, consecutiveFailures: 0, sends: [] };
  const DECISION = { kind: 'claim', challengeId: REF.challengeId, delivery: 1, sends: [NOW] } as const;
  const FAILURE = {
    challengeId: REF.challengeId,
    round: 'round-1',
    now: NOW,
    exhausted: false,
    maxFailures: 100,
  };

  test('reads consistently, by the key of one item, of which only the version has to be there', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: marshall({ version: 4 }) });

    const guard = await guards.readGuard(USER_ID);

    expect(guard).toStrictEqual(GUARD);
    expect(dynamo).toHaveReceivedCommandExactlyOnceWith(GetItemCommand, {
      TableName: 'challenges',
      Key: GUARD_KEY,
      ConsistentRead: true,
    });
  });

  test.each([
    [0, 'attribute_not_exists(pk)'],
    [4, '#version = :read'],
  ])('claims on condition that version %i still holds', async (version, ConditionExpression) => {
    await guards.claimDelivery(USER_ID, { ...GUARD, version }, DECISION, NOW);

    expect(sent()).toEqual({
      Key: GUARD_KEY,
      UpdateExpression: 'SET #version = :next, #latest = :latest, sends = :sends',
      ConditionExpression,
    });
  });

  test.each([
    [false, ''],
    [true, ' REMOVE #latest.#challengeId'],
  ])('counts a failure by its round (exhausted: %s)', async (exhausted, removal) => {
    await guards.countFailure(USER_ID, { ...FAILURE, exhausted });

    expect(sent()).toEqual({
      Key: GUARD_KEY,
      UpdateExpression: `ADD #version :one, failedRounds :round SET lastFailureAt = :now${removal}`,
      ConditionExpression:
        'attribute_exists(#latest) AND (attribute_not_exists(failedRounds) OR size(failedRounds) < :most)',
      ReturnValues: 'ALL_NEW',
    });
  });

  test.each([
    [{ failuresBelow: 20 }, '(attribute_not_exists(failedRounds) OR size(failedRounds) < :limit)'],
    [{ version: 4 }, '#version = :limit'],
  ])('clears the failures and withdraws the challenge in one write (%j)', async (clearable, condition) => {
    await guards.clearFailures(USER_ID, REF.challengeId, clearable);

    expect(sent()).toEqual({
      Key: GUARD_KEY,
      UpdateExpression: 'ADD #version :one REMOVE #latest.#challengeId, failedRounds, lastFailureAt',
      ConditionExpression: `attribute_exists(#latest) AND ${condition}`,
    });
  });

  test('unlocks on condition that the version that was read still holds', async () => {
    await guards.unlock(USER_ID, GUARD);

    expect(sent()).toEqual({
      Key: GUARD_KEY,
      UpdateExpression: 'ADD #version :one REMOVE failedRounds, lastFailureAt',
      ConditionExpression: '#version = :read',
      ReturnValues: 'ALL_NEW',
    });
  });

  test('answers false to a claim whose condition does not hold, and throws every other error on', async () => {
    dynamo.on(UpdateItemCommand).rejectsOnce(conditionFailed).rejects(throttled);

    const lost = await guards.claimDelivery(USER_ID, GUARD, DECISION, NOW);

    expect(lost).toBe(false);
    await expect(guards.claimDelivery(USER_ID, GUARD, DECISION, NOW)).rejects.toBe(throttled);
    await expect(guards.countFailure(USER_ID, FAILURE)).rejects.toBe(throttled);
    await expect(guards.clearFailures(USER_ID, REF.challengeId, { version: 1 })).rejects.toBe(throttled);
  });
});
