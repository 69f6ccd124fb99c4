/** Finds the challenges without an outcome through the sparse index, and closes each with one conditional write. */
import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ChallengeRef, Fact, Outcome } from '../../shared/domain/challenge.ts';
import {
  type ChallengeItem,
  type Item,
  readChallengeItem,
  unclearDeliveries,
} from '../../shared/table/item.ts';
import { EXPIRY_ATTRIBUTE, OPEN_INDEX, OPEN_SHARD_ATTRIBUTE } from '../../shared/table/keys.ts';
import { challengeKey, readChallengeKey, unlessConditionFails } from '../../shared/table/table.ts';

/** The outcomes that the sweep can give. */
export type SweptOutcome = Extract<Outcome, 'EXPIRED' | 'ORPHANED' | 'EXHAUSTED'>;

export interface OpenPage {
  readonly due: readonly ChallengeRef[];
  /** The read units (RCU) that the page cost. */
  readonly readUnits: number;
}

export interface Closing extends ChallengeRef {
  readonly outcome: SweptOutcome;
  readonly fact: Fact;
  readonly now: number;
  readonly maxAttempts: number;
}

/** The part of a challenge that shows how it ended. */
export interface OpenChallenge extends Pick<ChallengeItem, 'outcome' | 'attempts' | 'mailed' | 'events'> {
  /** The deliveries whose mail SES may have taken although nothing says so. */
  readonly unclear: readonly number[];
}

const toOpenChallenge = (item: Item): OpenChallenge => {
  const stored = readChallengeItem(item);
  return { ...stored, unclear: unclearDeliveries(stored) };
};

export interface OpenChallenges {
  /** Yields the challenges of a shard that expired before this time (epoch milliseconds), oldest first. */
  due(shard: string, before: number): AsyncGenerator<OpenPage>;
  /** Gives the challenge the outcome. Returns undefined if its state does not fit the outcome. */
  close(closing: Closing): Promise<OpenChallenge | undefined>;
  read(ref: ChallengeRef): Promise<OpenChallenge | undefined>;
}

/** The further condition of each outcome, for an expired challenge that has none yet. */
const CONDITIONS: Readonly<Record<SweptOutcome, string>> = {
  EXPIRED: 'attribute_exists(mailed) AND attempts < :max',
  ORPHANED: 'attribute_not_exists(mailed) AND attempts < :max',
  EXHAUSTED: 'attempts >= :max',
};

/** The `OpenChallenges` of this table. */
export const createOpenChallenges = (client: DynamoDBClient, tableName: string): OpenChallenges => ({
  async *due(shard, before) {
    let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: OPEN_INDEX,
          KeyConditionExpression: '#shard = :shard AND #expiry < :before',
          ExpressionAttributeNames: { '#shard': OPEN_SHARD_ATTRIBUTE, '#expiry': EXPIRY_ATTRIBUTE },
          ExpressionAttributeValues: marshall({ ':shard': shard, ':before': before }),
          ReturnConsumedCapacity: 'TOTAL',
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      const due = (page.Items ?? []).map(readChallengeKey).filter((ref) => ref !== undefined);
      yield { due, readUnits: page.ConsumedCapacity?.CapacityUnits ?? 0 };
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  },

  close: async ({ userId, challengeId, outcome, fact, now, maxAttempts }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: `SET #outcome = :outcome, events.#outcomeFact = :fact REMOVE ${OPEN_SHARD_ATTRIBUTE}`,
        ConditionExpression: `attribute_not_exists(#outcome) AND #expiry < :now AND ${CONDITIONS[outcome]}`,
        ExpressionAttributeNames: {
          '#outcome': 'outcome',
          '#outcomeFact': outcome,
          '#expiry': EXPIRY_ATTRIBUTE,
        },
        ExpressionAttributeValues: marshall({
          ':outcome': outcome,
          ':fact': fact,
          ':now': now,
          ':max': maxAttempts,
        }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { Attributes } = (await unlessConditionFails(write)) ?? {};
    return Attributes && toOpenChallenge(Attributes);
  },

  read: async ({ userId, challengeId }) => {
    const Key = challengeKey(userId, challengeId);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    return Item && toOpenChallenge(Item);
  },
});
