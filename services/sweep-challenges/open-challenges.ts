/** The challenges without an outcome: found by the sparse index, closed by one conditional write each. */
import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ChallengeRef, Fact, Outcome } from '../../shared/domain/challenge.ts';
import { type ChallengeItem, readChallengeItem } from '../../shared/table/item.ts';
import {
  challengeKey,
  EXPIRY_ATTRIBUTE,
  OPEN_INDEX,
  OPEN_SHARD_ATTRIBUTE,
  readChallengeKey,
  unlessConditionFails,
} from '../../shared/table/table.ts';

/** What the sweep decides between. */
export type SweptOutcome = Extract<Outcome, 'EXPIRED' | 'ORPHANED' | 'EXHAUSTED'>;

export interface OpenPage {
  readonly due: readonly ChallengeRef[];
  /** Read units (RCU) that the page cost. */
  readonly readUnits: number;
}

export interface Closing extends ChallengeRef {
  readonly outcome: SweptOutcome;
  readonly fact: Fact;
  readonly now: number;
  readonly maxAttempts: number;
}

/** As much of a challenge as tells how it ended. */
export type OpenChallenge = Pick<ChallengeItem, 'outcome' | 'attempts' | 'mailed' | 'events'>;

export interface OpenChallenges {
  /** The challenges of a shard that expired before this time (epoch milliseconds), the oldest first. */
  due(shard: string, before: number): AsyncGenerator<OpenPage>;
  /** Answers false where the challenge is not in the state that the outcome stands for. */
  close(closing: Closing): Promise<boolean>;
  read(ref: ChallengeRef): Promise<OpenChallenge | undefined>;
}

/** What must be true of an expired challenge, besides that it has no outcome. */
const CONDITIONS: Readonly<Record<SweptOutcome, string>> = {
  EXPIRED: 'attribute_exists(mailed) AND attempts < :max',
  ORPHANED: 'attribute_not_exists(mailed) AND attempts < :max',
  EXHAUSTED: 'attempts >= :max',
};

/** The challenges without an outcome in this table. */
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
      }),
    );
    return (await unlessConditionFails(write)) !== undefined;
  },

  read: async ({ userId, challengeId }) => {
    const Key = challengeKey(userId, challengeId);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
    );
    return Item && readChallengeItem(Item);
  },
});
