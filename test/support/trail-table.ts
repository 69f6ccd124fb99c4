/** A table full of challenges, on a real DynamoDB engine in memory, and a count of what is asked of it. */
import type { AddressInfo } from 'node:net';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import dynalite from 'dynalite';
import type { Challenge } from '../../shared/challenge.ts';
import { challengeKey, guardKey, PARTITION_KEY, SORT_KEY } from '../../shared/table.ts';
import { createTrail, type Trail } from '../../shared/trail.ts';

export interface TrailTable extends AsyncDisposable {
  readonly trail: Trail;
  /** The calls so far, such as `QueryCommand`. */
  readonly calls: readonly string[];
  write(challenges: readonly Challenge[]): Promise<void>;
  /** The item beside the challenges of each user. */
  writeGuard(userId: string): Promise<void>;
}

const TABLE_NAME = 'challenges';
/** DynamoDB takes no more in one call. */
const BATCH = 25;

const itemOf = ({ userId, challengeId, ...attributes }: Challenge) => ({
  ...challengeKey(userId, challengeId),
  ...marshall({ ...attributes, mailed: true }),
});

const createTable = async (client: DynamoDBClient): Promise<void> => {
  const keys = [PARTITION_KEY, SORT_KEY];
  await client.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
        { AttributeName: SORT_KEY, KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client, minDelay: 0.01, maxWaitTime: 10 }, { TableName: TABLE_NAME });
};

/** An empty table; `await using` ends its engine. */
export const aTrailTable = async (): Promise<TrailTable> => {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await createTable(client);
  const calls: string[] = [];
  client.middlewareStack.add((next, { commandName = '' }) => (args) => {
    calls.push(commandName);
    return next(args);
  });
  const put = async (items: readonly ReturnType<typeof itemOf>[]) => {
    const puts = items.map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE_NAME]: puts } }));
  };
  return {
    trail: createTrail(client, TABLE_NAME),
    calls,
    write: async (challenges) => {
      const items = challenges.map(itemOf);
      const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, n) =>
        items.slice(n * BATCH, (n + 1) * BATCH),
      );
      await Promise.all(batches.map(put));
    },
    writeGuard: (userId) => put([{ ...guardKey(userId), ...marshall({ version: 1 }) }]),
    [Symbol.asyncDispose]: () => {
      client.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

/** Everything that is yielded. */
export const allOf = async <T>(iterable: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const one of iterable) all.push(one);
  return all;
};
