/** Spends verified challenges on tokens, with one read and one conditional write. */
import { type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Challenge, ChallengeRef, Fact } from '../../shared/domain/challenge.ts';
import { challengesOf, readChallengeItem } from '../../shared/table/item.ts';
import {
  CHALLENGE_PREFIX,
  challengeKey,
  PARTITION_KEY,
  SORT_KEY,
  USER_PREFIX,
  unlessConditionFails,
} from '../../shared/table/table.ts';

/** The part of a challenge that decides whether tokens may be given for it. */
export type SpendableChallenge = Pick<Challenge, 'challengeId' | 'outcome' | 'events'>;

export interface Spend extends ChallengeRef {
  readonly fact: Fact;
  /** ISO 8601. A challenge that was spent at or after this time passes again. */
  readonly repeatedSince: string;
}

export interface SpendStore {
  /** Returns the user's newest challenges, newest first. */
  newest(userId: string): Promise<readonly SpendableChallenge[]>;
  /**
   * Spends the challenge. Returns the stored fact, which is an earlier one if Cognito repeated its call, or undefined if the
   * challenge was spent or refused before.
   */
  spend(spend: Spend): Promise<Fact | undefined>;
  /** Records once that tokens were refused. Nothing else of the challenge changes. */
  refuse(ref: ChallengeRef, fact: Fact): Promise<void>;
}

/** This is more challenges than one person has open within a minute. */
const NEWEST = 10;

/** A `SpendStore` for this table. */
export const createSpendStore = (client: DynamoDBClient, tableName: string): SpendStore => ({
  newest: async (userId) => {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#pk = :user AND begins_with(#sk, :challenge)',
        ExpressionAttributeNames: { '#pk': PARTITION_KEY, '#sk': SORT_KEY },
        ExpressionAttributeValues: marshall({
          ':user': `${USER_PREFIX}${userId}`,
          ':challenge': CHALLENGE_PREFIX,
        }),
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: NEWEST,
      }),
    );
    return challengesOf(Items);
  },

  spend: async ({ userId, challengeId, fact, repeatedSince }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: 'SET events.#issued = if_not_exists(events.#issued, :fact)',
        ConditionExpression:
          '#outcome = :verified AND attribute_not_exists(events.#refused) AND ' +
          '(attribute_not_exists(events.#issued) OR events.#issued.#at >= :repeatedSince)',
        ExpressionAttributeNames: {
          '#issued': 'TOKENS_ISSUED',
          '#refused': 'REFUSED',
          '#outcome': 'outcome',
          '#at': 'at',
        },
        ExpressionAttributeValues: marshall({
          ':fact': fact,
          ':verified': 'VERIFIED',
          ':repeatedSince': repeatedSince,
        }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { Attributes } = (await unlessConditionFails(write)) ?? {};
    return Attributes && readChallengeItem(Attributes).events.TOKENS_ISSUED;
  },

  refuse: async ({ userId, challengeId }, fact) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: 'SET events.#refused = if_not_exists(events.#refused, :fact)',
        ConditionExpression: 'attribute_exists(events)',
        ExpressionAttributeNames: { '#refused': 'TOKENS_REFUSED' },
        ExpressionAttributeValues: marshall({ ':fact': fact }),
      }),
    );
    await unlessConditionFails(write);
  },
});
