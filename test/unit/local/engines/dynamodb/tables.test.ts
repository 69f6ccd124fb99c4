import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { AbstractLevel, AbstractValueIterator } from 'abstract-level';
import { expect, test, vi } from 'vitest';
import { createDynamoDb } from '../../../../../local/engines/dynamodb/tables.ts';

const TABLE = { TableName: 'items' };

const aDatabase = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'email-otp-dynamodb-'));
  const database = createDynamoDb(folder);
  const server = createServer(database.handle);
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await client.send(
    new CreateTableCommand({
      ...TABLE,
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client, minDelay: 0.01, maxWaitTime: 10 }, TABLE);
  const tidyUp = () => {
    server.close();
    client.destroy();
    rmSync(folder, { recursive: true });
  };
  return { database, server, client, tidyUp };
};

test('closes while requests are under way whose callers have hung up, and none of them fails behind it', async () => {
  const { database, server, client, tidyUp } = await aDatabase();
  const uncaught: Error[] = [];
  const note = (error: Error) => uncaught.push(error);
  process.prependListener('uncaughtException', note);

  const puts = Array.from({ length: 50 }, (_, n) =>
    client.send(new PutItemCommand({ ...TABLE, Item: { pk: { S: String(n) } } })),
  );
  const settled = Promise.allSettled(puts);
  await sleep(20);
  server.closeAllConnections();
  await database.close();
  await settled;
  await sleep(50);
  process.removeListener('uncaughtException', note);

  expect(uncaught).toEqual([]);
  tidyUp();
});

test('keeps nothing of a query that has been answered', async () => {
  const { database, client, tidyUp } = await aDatabase();
  const opened = vi.spyOn(AbstractLevel.prototype, 'attachResource');
  const closed = vi.spyOn(AbstractLevel.prototype, 'detachResource');
  const iterators = (calls: readonly (readonly unknown[])[]) =>
    calls.filter(([resource]) => resource instanceof AbstractValueIterator).length;

  for (let n = 0; n < 5; n += 1) {
    await client.send(
      new QueryCommand({
        ...TABLE,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'one' } },
      }),
    );
  }

  expect(iterators(opened.mock.calls)).toBeGreaterThanOrEqual(5);
  await expect.poll(() => iterators(closed.mock.calls)).toBe(iterators(opened.mock.calls));
  vi.restoreAllMocks();
  await database.close();
  tidyUp();
});
