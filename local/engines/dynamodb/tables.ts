/** Runs DynamoDB as dynalite on disk, with the tables of the template. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  ResourceNotFoundException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { Resource } from '../../ground/template.ts';
import './close-iterators.ts';

export interface DynamoDb {
  /** Serves one request of the DynamoDB JSON protocol. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** Opens the database in `folder`. LevelDB allows only one process at a time. */
export const createDynamoDb = (folder: string): DynamoDb => {
  const server = dynalite({ path: folder, createTableMs: 0 });
  const underWay = new Set<Promise<void>>();
  let closed = false;
  return {
    handle: (request, response) => {
      if (closed) return void response.destroy();
      const answered = whenAnswered(response).finally(() => underWay.delete(answered));
      underWay.add(answered);
      server.emit('request', request, response);
    },
    close: async () => {
      closed = true;
      // A request still reads and writes after its caller has hung up, so it needs the database until it ends.
      await Promise.all(underWay);
      await new Promise<void>((resolve) => {
        // Closing a server that never listened would be an error, so it listens first.
        server.listen({ host: '127.0.0.1', port: 0 }, () => server.close(() => resolve()));
      });
    },
  };
};

/** Resolves when the engine ends the response, even if the caller has hung up. */
const whenAnswered = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const end = response.end.bind(response);
    response.end = ((...args: Parameters<typeof end>) => {
      resolve();
      return end(...args);
    }) as typeof response.end;
  });

const exists = async (client: DynamoDBClient, tableName: string): Promise<boolean> => {
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
};

const withoutCapacity = ({
  IndexName,
  KeySchema,
  Projection,
}: GlobalSecondaryIndex): GlobalSecondaryIndex => ({
  IndexName,
  KeySchema,
  Projection,
});

/** Creates the missing tables. Existing tables keep their items. */
export const createTables = async (client: DynamoDBClient, tables: readonly Resource[]): Promise<void> => {
  for (const { names, properties } of tables) {
    if (await exists(client, names.ref)) continue;
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } =
      properties as unknown as CreateTableCommandInput;
    await client.send(
      new CreateTableCommand({
        TableName: names.ref,
        AttributeDefinitions,
        KeySchema,
        BillingMode: 'PAY_PER_REQUEST', // Capacity is not limited here, whatever the template reserves.
        ...(GlobalSecondaryIndexes && {
          GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(withoutCapacity),
        }),
        ...(LocalSecondaryIndexes && { LocalSecondaryIndexes }),
      }),
    );
    await waitUntilTableExists(
      { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
      { TableName: names.ref },
    );
  }
};
