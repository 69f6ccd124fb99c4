/** The table on a real DynamoDB engine, in memory and over HTTP on loopback. */
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import dynalite from 'dynalite';
import type { ChallengeId, Fact } from '../../shared/challenge.ts';
import {
  type ChallengeRef,
  type ChallengeStore,
  createChallengeStore,
} from '../../shared/challenge-store.ts';
import { createGuardStore, type GuardStore } from '../../shared/guard-store.ts';
import { challengeKey, guardKey, PARTITION_KEY, SORT_KEY } from '../../shared/table.ts';

export interface ChallengeTable extends AsyncDisposable {
  readonly challenges: ChallengeStore;
  readonly guards: GuardStore;
  /** The items as they are stored, whatever the stores make of them. */
  challengeItem(userId: string, challengeId: ChallengeId): Promise<Record<string, unknown> | undefined>;
  guardItem(userId: string): Promise<Record<string, unknown> | undefined>;
  /** Writes a fact as the delivery workflow does, without a function in between. */
  writeFact(ref: ChallengeRef, name: string, fact: Fact): Promise<void>;
}

const TABLE_NAME = 'challenges';

/** An empty table; `await using` ends its engine. */
export const aChallengeTable = async (): Promise<ChallengeTable> => {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await client.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      AttributeDefinitions: [PARTITION_KEY, SORT_KEY].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
        { AttributeName: SORT_KEY, KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client, minDelay: 0.01, maxWaitTime: 10 }, { TableName: TABLE_NAME });
  const item = async (Key: ReturnType<typeof guardKey>) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: TABLE_NAME, Key, ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  };
  return {
    challenges: createChallengeStore(client, TABLE_NAME),
    guards: createGuardStore(client, TABLE_NAME),
    challengeItem: (userId, challengeId) => item(challengeKey(userId, challengeId)),
    guardItem: (userId) => item(guardKey(userId)),
    writeFact: async ({ userId, challengeId }, name, fact) => {
      await client.send(
        new UpdateItemCommand({
          TableName: TABLE_NAME,
          Key: challengeKey(userId, challengeId),
          UpdateExpression: 'SET events.#name = if_not_exists(events.#name, :fact)',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: marshall({ ':fact': fact }),
        }),
      );
    },
    [Symbol.asyncDispose]: () => {
      client.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
