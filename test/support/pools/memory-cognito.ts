/** The local Cognito without HTTP, disk or template: pools that the API makes, for tests with many of them. */
import { createUserPools, type UserPools } from '../../../local/engines/cognito/user-pool.ts';
import { createClock } from '../../../local/ground/clock.ts';
import type { Invocation, JsonObject } from '../../../local/ground/service.ts';
import type { Documents, State } from '../../../local/ground/state.ts';

export const MEMORY_REGION = 'eu-central-1';
export const MEMORY_ACCOUNT = '123456789012';

/** Called for each trigger of a pool, with the ARN that the pool has for it. */
export type MemoryInvoke = (functionArn: string, event: unknown) => Promise<Invocation>;

export interface MemoryCognito {
  readonly seams: UserPools['seams'];
  /** One operation by its API name. Throws AwsError, whose `code` is the exception's name. Input and output go through JSON. */
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  /** CreateUserPool with a name if there is none; returns the new pool's id. */
  createPool(input?: JsonObject): Promise<string>;
  /** CreateUserPoolClient with a name if there is none; returns the new client's id. */
  createClient(poolId: string, input?: JsonObject): Promise<string>;
}

/** A State in memory. What is read is a copy, as from a disk. */
export const createMemoryState = (): State => {
  const kinds = new Map<string, Map<string, string>>();
  return {
    documents: <T>(kind: string): Documents<T> => {
      const texts = kinds.get(kind) ?? new Map<string, string>();
      kinds.set(kind, texts);
      const parse = (text: string) => JSON.parse(text) as T;
      return {
        get: (id) => {
          const text = texts.get(id);
          return text === undefined ? undefined : parse(text);
        },
        put: (id, document) => void texts.set(id, JSON.stringify(document)),
        insert: (id, document) => {
          if (texts.has(id)) return false;
          texts.set(id, JSON.stringify(document));
          return true;
        },
        delete: (id) => texts.delete(id),
        all: () => [...texts.values()].map(parse),
      };
    },
    close: () => {},
  };
};

const throughJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value));

const noFunctions: MemoryInvoke = (arn) => Promise.reject(new Error(`there is no function ${arn}`));

/** Two of the same `state` are one system before and after a restart. */
export const createMemoryCognito = ({
  invoke = noFunctions,
  state = createMemoryState(),
}: {
  readonly invoke?: MemoryInvoke;
  readonly state?: State;
} = {}): MemoryCognito => {
  const { operations, seams } = createUserPools({
    pools: [],
    state,
    clock: createClock(),
    invoke,
    region: MEMORY_REGION,
    accountId: MEMORY_ACCOUNT,
    issuerBase: () => 'http://127.0.0.1:4566',
  });
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const run = operations[operation];
    if (run === undefined) throw new Error(`no operation ${operation}`);
    return throughJson(await run(throughJson(input)));
  };
  return {
    seams,
    call,
    createPool: async (input = {}) => {
      const { UserPool } = await call('CreateUserPool', { PoolName: 'pool', ...input });
      return (UserPool as { readonly Id: string }).Id;
    },
    createClient: async (poolId, input = {}) => {
      const request = { ClientName: 'client', ...input, UserPoolId: poolId };
      const { UserPoolClient } = await call('CreateUserPoolClient', request);
      return (UserPoolClient as { readonly ClientId: string }).ClientId;
    },
  };
};
