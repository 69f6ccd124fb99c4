import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aChallengeTable } from '../../support/table/challenge-table.ts';
import { applyOperation, type Items, NO_ITEMS } from '../../support/table/memory-table.ts';
import { SEED } from '../support/play/run-settings.ts';

// The table in memory passes the tests of the stores (the test project "contract"). Here it gets random requests, with
// expressions that no store has, beside a real engine: both have to say the same each time.

const COMMANDS = { GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand };

type Operation = 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem';
interface Request {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
}

const NAMES = {
  '#a': 'attempts',
  '#m': 'events',
  '#k': 'SENT',
  '#s': 'failedRounds',
  '#x': 'expiresAt',
  '#o': 'openShard',
};
const VALUES = {
  ':n': { N: '3' },
  ':big': { N: '100' },
  ':t': { S: 'b' },
  ':set': { SS: ['r1', 'r2'] },
  ':map': { M: { SENT: { S: 'b' } } },
};

/** DynamoDB refuses names and values that are not used. */
const only = <T>(all: Readonly<Record<string, T>>, text: string) => {
  const used = Object.entries(all).filter(([name]) => new RegExp(`${name}\\b`).test(text));
  return used.length === 0 ? undefined : Object.fromEntries(used);
};

const PATHS = ['#a', '#m', '#m.#k', '#s', '#x', '#o', '#a.#k'];
const path = fc.constantFrom(...PATHS);
const value = fc.constantFrom(...Object.keys(VALUES));

const simple = fc.oneof(
  fc
    .tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists'), path)
    .map(([name, of]) => `${name}(${of})`),
  fc.tuple(path, fc.constantFrom('=', '<', '<=', '>', '>=', '<>'), value).map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('#s', '#m', '#a'), fc.constantFrom('<', '>='))
    .map(([of, by]) => `size(${of}) ${by} :n`),
  path.map((of) => `${of} BETWEEN :n AND :big`),
  path.map((of) => `begins_with(${of}, :t)`),
);
const condition = fc.oneof(
  simple,
  simple.map((one) => `NOT ${one}`),
  fc.tuple(simple, fc.constantFrom('AND', 'OR'), simple).map((parts) => parts.join(' ')),
);

const set = fc.oneof(
  fc.tuple(path, value).map(([of, to]) => `${of} = ${to}`),
  // dynalite does not survive a map that is put into itself.
  fc
    .tuple(path, path, value)
    .filter(([of, from]) => !of.startsWith(`${from}.`))
    .map(([of, from, to]) => `${of} = if_not_exists(${from}, ${to})`),
  fc.constant('#a = #a + :n'),
);
const update = fc
  .tuple(fc.option(set), fc.option(path), fc.option(fc.constantFrom('#a :n', '#s :set')))
  .map(([set, remove, add]) =>
    [set && `SET ${set}`, remove && `REMOVE ${remove}`, add && `ADD ${add}`].filter(Boolean).join(' '),
  )
  .filter((text) => text !== '');

const key = fc
  .constantFrom('GUARD', 'CHALLENGE#1', 'CHALLENGE#2')
  .map((sk) => ({ pk: { S: 'USER#1' }, sk: { S: sk } }));

const write = fc
  .tuple(key, update, fc.option(condition), fc.constantFrom('ALL_NEW', 'ALL_OLD'))
  .map(([Key, UpdateExpression, condition, ReturnValues]): Request => {
    const ConditionExpression = condition ?? undefined;
    const text = `${UpdateExpression} ${condition}`;
    const attributes = {
      ExpressionAttributeNames: only(NAMES, text),
      ExpressionAttributeValues: only(VALUES, text),
    };
    return {
      operation: 'UpdateItem',
      input: { Key, UpdateExpression, ConditionExpression, ReturnValues, ...attributes },
    };
  });
const put = fc
  .tuple(
    key,
    fc.constantFrom(
      {},
      { events: { M: {} } },
      { attempts: { N: '3' }, expiresAt: { N: '5' }, openShard: { S: 'b' } },
    ),
  )
  .map(([Key, rest]): Request => ({ operation: 'PutItem', input: { Item: { ...Key, ...rest } } }));
const read = key.map((Key): Request => ({ operation: 'GetItem', input: { Key } }));
const query = fc.constantFrom<Request>(
  {
    operation: 'Query',
    input: {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: 'USER#1' }, ':sk': { S: 'CHALLENGE#' } },
      ScanIndexForward: false,
    },
  },
  {
    operation: 'Query',
    input: {
      IndexName: 'open',
      KeyConditionExpression: 'openShard = :shard AND expiresAt < :before',
      ExpressionAttributeValues: { ':shard': { S: 'b' }, ':before': { N: '100' } },
    },
  },
);

/** What came back, or the error's name. */
const said = (output: object) => {
  const { Item, Items, Attributes } = output as Readonly<Record<string, unknown>>;
  return JSON.parse(JSON.stringify({ Item, Items, Attributes }));
};

const askEngine = async (client: DynamoDBClient, { operation, input }: Request, TableName: string) => {
  const Command = COMMANDS[`${operation}Command`] as typeof GetItemCommand;
  const command = new Command({ TableName, ...input } as never);
  return client.send(command).then(said, (error: Error) => error.name);
};

test('random requests are answered as by a real engine', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 5, arbitrary: write }, { weight: 2, arbitrary: put }, read, query), {
        minLength: 5,
        maxLength: 25,
      }),
      async (requests) => {
        await using table = await aChallengeTable();
        let items: Items = NO_ITEMS;
        const ask = ({ operation, input }: Request) => {
          try {
            const applied = applyOperation(items, operation, { TableName: table.tableName, ...input });
            items = applied.items;
            return said(applied.output);
          } catch (error) {
            return (error as Error).name;
          }
        };
        for (const request of requests) {
          expect(ask(request), JSON.stringify(request)).toEqual(
            await askEngine(table.client, request, table.tableName),
          );
        }
      },
    ),
    { seed: SEED, numRuns: 60 },
  );
});
