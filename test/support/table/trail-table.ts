/** A table full of challenges, on a real DynamoDB engine in memory. It records the calls. */
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Challenge } from '../../../shared/domain/challenge.ts';
import { createClientRecords } from '../../../shared/table/client-records.ts';
import { challengeKey, userKey } from '../../../shared/table/table.ts';
import { createTrail, type Trail } from '../../../shared/table/trail.ts';
import { aChallengeTable } from './challenge-table.ts';
import { NOW } from './challenges.ts';

export interface TrailTable extends AsyncDisposable {
  readonly trail: Trail;
  /** The calls so far, such as `QueryCommand`. */
  readonly calls: readonly string[];
  write(challenges: readonly Challenge[]): Promise<void>;
  /** Writes the user record, the item beside a user's challenges. */
  writeUserRecord(userId: string): Promise<void>;
  /** Writes what is kept of an app client. */
  writeClientRecord(poolId: string, clientId: string): Promise<void>;
}

/** The most items that DynamoDB takes in one call. */
const BATCH = 25;

const itemOf = ({ userId, challengeId, ...attributes }: Challenge) => ({
  ...challengeKey(userId, challengeId),
  ...marshall({ ...attributes, mailed: true }),
});

/** An empty table; `await using` ends its engine. */
export const aTrailTable = async (): Promise<TrailTable> => {
  const table = await aChallengeTable();
  const { client, tableName } = table;
  const calls: string[] = [];
  client.middlewareStack.add((next, { commandName = '' }) => (args) => {
    calls.push(commandName);
    return next(args);
  });
  const put = async (items: readonly ReturnType<typeof itemOf>[]) => {
    const puts = items.map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: puts } }));
  };
  return {
    trail: createTrail(client, tableName),
    calls,
    write: async (challenges) => {
      const items = challenges.map(itemOf);
      const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, n) =>
        items.slice(n * BATCH, (n + 1) * BATCH),
      );
      await Promise.all(batches.map(put));
    },
    writeUserRecord: (userId) => put([{ ...userKey(userId), ...marshall({ version: 1 }) }]),
    writeClientRecord: (poolId, clientId) =>
      createClientRecords(client, tableName).taint(poolId, clientId, {
        at: new Date(NOW).toISOString(),
        refusedFrom: new Date(NOW).toISOString(),
      }),
    [Symbol.asyncDispose]: () => table[Symbol.asyncDispose](),
  };
};

/** A list of everything that is yielded. */
export const allOf = async <T>(iterable: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const one of iterable) all.push(one);
  return all;
};
