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
import {
  type ChallengeId,
  type ChallengeRef,
  type Fact,
  factName,
} from '../../../shared/domain/challenge.ts';
import { type ChallengeStore, createChallengeStore } from '../../../shared/table/challenge-store.ts';
import { createGuardStore, type GuardStore } from '../../../shared/table/guard-store.ts';
import {
  challengeKey,
  EXPIRY_ATTRIBUTE,
  guardKey,
  OPEN_INDEX,
  OPEN_SHARD_ATTRIBUTE,
  PARTITION_KEY,
  SORT_KEY,
} from '../../../shared/table/table.ts';

export interface ChallengeTable extends AsyncDisposable {
  /** What a further client of the table needs. */
  readonly settings: typeof CLIENT & { readonly endpoint: string };
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly challenges: ChallengeStore;
  readonly guards: GuardStore;
  /** The items as they are stored, whatever the stores make of them. */
  challengeItem(userId: string, challengeId: ChallengeId): Promise<Record<string, unknown> | undefined>;
  guardItem(userId: string): Promise<Record<string, unknown> | undefined>;
  /** Writes a fact as the delivery workflow does, without a function in between. */
  writeFact(ref: ChallengeRef, name: string, fact: Fact): Promise<void>;
  /** The workflow's LogDelivery. */
  writeSent(ref: ChallengeRef, delivery: number, fact: Fact): Promise<void>;
}

const TABLE_NAME = 'challenges';
const CLIENT = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
} as const;

/** An empty table; `await using` ends its engine. */
export const aChallengeTable = async (): Promise<ChallengeTable> => {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const settings = { ...CLIENT, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const client = new DynamoDBClient(settings);
  await client.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      AttributeDefinitions: [
        { AttributeName: PARTITION_KEY, AttributeType: 'S' },
        { AttributeName: SORT_KEY, AttributeType: 'S' },
        { AttributeName: OPEN_SHARD_ATTRIBUTE, AttributeType: 'S' },
        { AttributeName: EXPIRY_ATTRIBUTE, AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: OPEN_INDEX,
          KeySchema: [
            { AttributeName: OPEN_SHARD_ATTRIBUTE, KeyType: 'HASH' },
            { AttributeName: EXPIRY_ATTRIBUTE, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
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
  const write = async ({ userId, challengeId }: ChallengeRef, name: string, fact: Fact, more: string) => {
    await client.send(
      new UpdateItemCommand({
        TableName: TABLE_NAME,
        Key: challengeKey(userId, challengeId),
        UpdateExpression: `SET events.#name = if_not_exists(events.#name, :fact)${more}`,
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: marshall({ ':fact': fact, ...(more && { ':mailed': true }) }),
      }),
    );
  };
  return {
    settings,
    client,
    tableName: TABLE_NAME,
    challenges: createChallengeStore(client, TABLE_NAME),
    guards: createGuardStore(client, TABLE_NAME),
    challengeItem: (userId, challengeId) => item(challengeKey(userId, challengeId)),
    guardItem: (userId) => item(guardKey(userId)),
    writeFact: (ref, name, fact) => write(ref, name, fact, ''),
    writeSent: (ref, delivery, fact) => write(ref, factName(delivery, 'SENT'), fact, ', mailed = :mailed'),
    [Symbol.asyncDispose]: () => {
      client.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
