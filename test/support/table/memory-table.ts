/**
 * The table as a value: an operation takes the items and returns new ones, at once and without a server. dynalite's own
 * checks, expressions and writes do the work, on a map instead of its database.
 */
import { ConditionalCheckFailedException, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import updateItem from 'dynalite/actions/updateItem.js';
import { createIndexKey, createKey, matchesExprFilter } from 'dynalite/db/index.js';
import getItemChecks from 'dynalite/validations/getItem.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import putItemChecks from 'dynalite/validations/putItem.js';
import queryChecks from 'dynalite/validations/query.js';
import updateItemChecks from 'dynalite/validations/updateItem.js';
import type { Item } from '../../../shared/table/item.ts';
import { TABLE_SCHEMA } from './table-schema.ts';

/** The items by a text that sorts as their keys do. Neither the map nor an item ever changes. */
export type Items = ReadonlyMap<string, Item>;

export const NO_ITEMS: Items = new Map();

type Fields = Record<string, unknown>;

export interface Applied {
  readonly items: Items;
  readonly output: Fields;
}

const OPTIONS = { maxItemSize: 400 * 1024 };

/** What dynalite's actions use of its database; their callbacks are called at once. */
const storeOf = (items: Map<string, Item>) => {
  const itemsStore = {
    lock: (_: string, run: (release: <T>(done: T) => T) => void) => run((done) => done),
    get: (key: string, done: (error: unknown, item?: Item) => void) => {
      const item = items.get(key);
      done(item === undefined ? { name: 'NotFoundError' } : null, item);
    },
    put: (key: string, item: Item, done: () => void) => {
      items.set(key, item);
      done();
    },
  };
  // The index is not kept: a query of it looks at the items.
  const indexStore = {
    put: (_key: string, _item: Item, done: () => void) => done(),
    del: (_key: string, done: () => void) => done(),
  };
  return {
    options: OPTIONS,
    getTable: (TableName: string, done: (error: unknown, table: object) => void) =>
      done(null, { ...TABLE_SCHEMA, TableName }),
    getItemDb: () => itemsStore,
    getIndexDb: () => indexStore,
  };
};

type Run = (items: Items, request: Fields) => Applied;

const running =
  (action: typeof updateItem): Run =>
  (before, request) => {
    const items = new Map(before);
    let output: Fields = {};
    action(storeOf(items), request, (error, done) => {
      if (error) throw error;
      output = done;
    });
    return { items, output };
  };

const indexOf = (name: unknown) => {
  const index = TABLE_SCHEMA.GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === name);
  if (index === undefined) throw new Error(`There is no index ${name}`);
  return index;
};

/** The items by keys of the index, with the keys alone, as the index has them. */
const indexed = (items: Items, name: unknown): Items => {
  const { KeySchema } = indexOf(name);
  const names = [...TABLE_SCHEMA.KeySchema, ...KeySchema].map((key): string => key.AttributeName);
  const inIndex = [...items.values()].filter((item) => names.every((attribute) => attribute in item));
  return new Map(
    inIndex.map((item) => [
      createIndexKey(item, TABLE_SCHEMA, KeySchema),
      Object.fromEntries(Object.entries(item).filter(([attribute]) => names.includes(attribute))),
    ]),
  );
};

interface Query {
  readonly IndexName?: string;
  readonly Limit?: number;
  readonly ScanIndexForward?: boolean;
  readonly ExclusiveStartKey?: Item;
}

const query: Run = (items, request) => {
  const {
    IndexName,
    Limit = Number.POSITIVE_INFINITY,
    ScanIndexForward,
    ExclusiveStartKey,
  } = request as Query;
  const { expression } = request._keyCondition as { readonly expression: unknown };
  const source = [...(IndexName === undefined ? items : indexed(items, IndexName))];
  const sorted = source.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
  const found = sorted.filter((item) => matchesExprFilter(item, expression));
  const ordered = ScanIndexForward === false ? found.reverse() : found;
  const start = ExclusiveStartKey && keyTextOf(ExclusiveStartKey);
  const from = 1 + ordered.findIndex((item) => keyTextOf(item) === start);
  const Items = ordered.slice(from, from + Limit);
  const last = Items.length === Limit ? Items.at(-1) : undefined;
  const output = { Items, Count: Items.length, ScannedCount: Items.length };
  return { items, output: { ...output, ...(last && { LastEvaluatedKey: pageKeyOf(last, IndexName) }) } };
};

const pageKeyOf = (item: Item, IndexName: string | undefined): Item => {
  const ofIndex = IndexName === undefined ? [] : indexOf(IndexName).KeySchema;
  const names = [...TABLE_SCHEMA.KeySchema, ...ofIndex].map((key): string => key.AttributeName);
  return Object.fromEntries(Object.entries(item).filter(([attribute]) => names.includes(attribute)));
};

type Checks = typeof updateItemChecks;

const OPERATIONS: Readonly<Record<string, readonly [Run, Checks]>> = {
  GetItem: [running(getItem), getItemChecks],
  PutItem: [running(putItem), putItemChecks],
  UpdateItem: [running(updateItem), updateItemChecks],
  Query: [query, queryChecks],
};

/** DynamoDB's error, as the SDK gives it to its caller. */
const toSdkError = (error: unknown): unknown => {
  const { __type = '', message = '' } = (error as { readonly body?: Record<string, string> }).body ?? {};
  if (__type === '') return error;
  const name = __type.split('#')[1] ?? __type;
  const $metadata = { httpStatusCode: 400 };
  return name === 'ConditionalCheckFailedException'
    ? new ConditionalCheckFailedException({ message, $metadata })
    : new DynamoDBServiceException({ name, message, $metadata, $fault: 'client' });
};

/**
 * Does one operation of DynamoDB's API. Throws DynamoDB's errors as the SDK does, such as `ConditionalCheckFailedException`,
 * and an `Error` for what it does not know.
 */
export const applyOperation = (items: Items, operation: string, input: object): Applied => {
  if (operation === 'BatchGetItem') return batchGet(items, input as BatchGet);
  const [run, checks] = OPERATIONS[operation] ?? [];
  if (run === undefined || checks === undefined) throw new Error(`There is no ${operation} here`);
  try {
    // A copy, because dynalite changes what it is given; it also leaves out what is undefined, as the SDK does.
    const request = checkTypes(JSON.parse(JSON.stringify(input)), checks.types);
    checkValidations(request, checks.types, checks.custom, { options: OPTIONS });
    return run(items, request);
  } catch (error) {
    throw toSdkError(error);
  }
};

interface BatchGet {
  readonly RequestItems: Readonly<
    Record<string, { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean }>
  >;
}

/** In the order of the keys, so that the same items give the same answer; DynamoDB's has no order. */
const batchGet = (items: Items, { RequestItems }: BatchGet): Applied => {
  const responses = Object.entries(RequestItems).map(([TableName, { Keys, ...options }]) => {
    const gets = Keys.map(
      (Key) => applyOperation(items, 'GetItem', { TableName, Key, ...options }).output.Item,
    );
    return [TableName, gets.filter((item) => item !== undefined)];
  });
  return { items, output: { Responses: Object.fromEntries(responses), UnprocessedKeys: {} } };
};

/** The text under which an item is in the map. */
export const keyTextOf = (item: Item): string => createKey(item, TABLE_SCHEMA);
