/** Spends verified challenges on tokens, with one read and one conditional write. */
import { type DynamoDBClient, paginateQuery, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Challenge, ChallengeRef, Fact } from '../../shared/domain/challenge.ts';
import { challengesOf, readChallengeItem } from '../../shared/table/item.ts';
import { CHALLENGE_PREFIX, PARTITION_KEY, SORT_KEY, USER_PREFIX } from '../../shared/table/keys.ts';
import { challengeKey, unlessConditionFails } from '../../shared/table/table.ts';

/** The part of a challenge that decides whether tokens may be given for it. */
export type SpendableChallenge = Pick<Challenge, 'challengeId' | 'outcome' | 'events'>;

export interface Spend extends ChallengeRef {
  /** The app client that asks for tokens. */
  readonly clientId: string;
  readonly fact: Fact;
  /** ISO 8601. A challenge that was spent at or after this time passes again. */
  readonly repeatedSince: string;
}

export interface SpendStore {
  /** Yields the user's challenges, newest first, page by page with one call each. */
  newest(userId: string): AsyncGenerator<readonly SpendableChallenge[], void>;
  /**
   * Spends the challenge. Returns the stored fact, which is an earlier one if Cognito repeated its call, or undefined if the
   * challenge was spent, refused or reported before.
   */
  spend(spend: Spend): Promise<Fact | undefined>;
  /** Records once that tokens were refused. Nothing else of the challenge changes. */
  refuse(ref: ChallengeRef, fact: Fact): Promise<void>;
}

/** A page has more challenges than one person verifies within a minute. */
const PAGE = 10;

/** A `SpendStore` for this table. */
export const createSpendStore = (client: DynamoDBClient, tableName: string): SpendStore => ({
  async *newest(userId) {
    const query = {
      TableName: tableName,
      KeyConditionExpression: '#pk = :user AND begins_with(#sk, :challenge)',
      ExpressionAttributeNames: { '#pk': PARTITION_KEY, '#sk': SORT_KEY },
      ExpressionAttributeValues: marshall({
        ':user': `${USER_PREFIX}${userId}`,
        ':challenge': CHALLENGE_PREFIX,
      }),
      ScanIndexForward: false,
      ConsistentRead: true,
    };
    const pages = paginateQuery({ client, pageSize: PAGE }, query);
    for await (const { Items } of pages) yield challengesOf(Items);
  },

  spend: async ({ userId, challengeId, clientId, fact, repeatedSince }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: 'SET events.#issued = if_not_exists(events.#issued, :fact)',
        ConditionExpression:
          '#outcome = :verified AND attribute_not_exists(events.#refused) AND attribute_not_exists(events.#reported) AND ' +
          '(attribute_not_exists(events.#verified.client) OR events.#verified.client = :client) AND ' +
          '(attribute_not_exists(events.#issued) OR events.#issued.#at >= :repeatedSince)',
        ExpressionAttributeNames: {
          '#issued': 'TOKENS_ISSUED',
          '#refused': 'REFUSED',
          '#reported': 'REPORTED',
          '#verified': 'VERIFIED',
          '#outcome': 'outcome',
          '#at': 'at',
        },
        ExpressionAttributeValues: marshall({
          ':fact': fact,
          ':verified': 'VERIFIED',
          ':client': clientId,
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
