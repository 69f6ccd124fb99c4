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
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { createDynamoDb } from '../../../../../infra/local/dynamodb/tables.ts';

const TABLE = { TableName: 'items' };

test('closes while requests are under way whose callers have hung up, and none of them fails behind it', async () => {
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
  server.close();
  client.destroy();
  rmSync(folder, { recursive: true });
});
