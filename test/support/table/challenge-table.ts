/**
 * The table on a real DynamoDB engine, over HTTP on loopback. Where a test project provides `tableEngine`, it is the table in
 * memory, on which the fault suite tries all orders: so the tests of the stores are a contract that both keep.
 */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import dynalite from 'dynalite';
import { inject } from 'vitest';
import {
  type ChallengeId,
  type ChallengeRef,
  type Fact,
  factName,
} from '../../../shared/domain/challenge.ts';
import { type ChallengeStore, createChallengeStore } from '../../../shared/table/challenge-store.ts';
import { challengeKey, userKey } from '../../../shared/table/table.ts';
import { createUserStore, type UserStore } from '../../../shared/table/user-store.ts';

import { aRequest } from './challenges.ts';
import { aMemoryEngine } from './memory-engine.ts';
import { TABLE_SCHEMA } from './table-schema.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the table of the unit tests runs on; a real engine if it is not provided. */
    tableEngine: 'memory' | undefined;
  }
}

export interface ChallengeTable extends AsyncDisposable {
  /** The settings for a further client of the table. */
  readonly settings: DynamoDBClientConfig;
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly challenges: ChallengeStore;
  readonly users: UserStore;
  /** The item as it is stored, not as the stores read it. */
  challengeItem(userId: string, challengeId: ChallengeId): Promise<Record<string, unknown> | undefined>;
  userItem(userId: string): Promise<Record<string, unknown> | undefined>;
  /** Writes a fact as the delivery workflow does, without a function in between. */
  writeFact(ref: ChallengeRef, name: string, fact: Fact): Promise<void>;
  /** Writes what the workflow's state LogDelivery writes. */
  writeSent(ref: ChallengeRef, delivery: number, fact: Fact): Promise<void>;
}

const CLIENT = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
} as const;

let engine: Promise<string> | undefined;

/** The endpoint of the one engine for all tests of a worker. Each test has a table of its own. */
const endpointOf = async (): Promise<string> => {
  engine ??= new Promise((resolve) => {
    const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
    server.keepAliveTimeout = 0; // Connections stay, however long a worker is busy with something else.
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      server.unref();
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
  return engine;
};

const engineOf = async (): Promise<Pick<DynamoDBClientConfig, 'endpoint' | 'requestHandler'>> =>
  inject('tableEngine') === 'memory' ? { requestHandler: aMemoryEngine() } : { endpoint: await endpointOf() };

/** An empty table. `await using` removes it; for a small one that is not worth the call. */
export const aChallengeTable = async (): Promise<ChallengeTable> => {
  const settings = { ...CLIENT, ...(await engineOf()) };
  const TableName = `challenges-${randomUUID()}`;
  const client = new DynamoDBClient(settings);
  const isInMemory = 'requestHandler' in settings;
  if (!isInMemory) {
    await client.send(new CreateTableCommand({ TableName, ...TABLE_SCHEMA }));
    await waitUntilTableExists({ client, minDelay: 0.01, maxWaitTime: 10 }, { TableName });
  }
  const item = async (Key: ReturnType<typeof userKey>) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && unmarshall(Item);
  };
  const write = async ({ userId, challengeId }: ChallengeRef, name: string, fact: Fact, more: string) => {
    await client.send(
      new UpdateItemCommand({
        TableName,
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
    tableName: TableName,
    challenges: createChallengeStore(client, TableName),
    users: createUserStore(client, TableName),
    challengeItem: (userId, challengeId) => item(challengeKey(userId, challengeId)),
    userItem: (userId) => item(userKey(userId)),
    writeFact: (ref, name, fact) => write(ref, name, fact, ''),
    writeSent: (ref, delivery, fact) => write(ref, factName(delivery, 'SENT'), fact, ', mailed = :mailed'),
    [Symbol.asyncDispose]: async () => {
      if (!isInMemory) await client.send(new DeleteTableCommand({ TableName }));
      client.destroy();
    },
  };
};

/** A table with the test user's first challenge, whose first mail was ordered. */
export const aTableWithChallenge = async (): Promise<ChallengeTable> => {
  const table = await aChallengeTable();
  await table.challenges.request(aRequest());
  return table;
};
