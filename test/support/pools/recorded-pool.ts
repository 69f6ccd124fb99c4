/** A user pool behind the calls of `PoolApi` alone: it resets what an update leaves out, and records each call. */
import type { Json } from '../../../shared/pool/json.ts';
import type { Described, PoolApi } from '../../../shared/pool/pool-api.ts';
import { CLIENT_WRITING, POOL_WRITING } from '../../../shared/pool/rules/writable.ts';
import { MADE } from './pools.ts';

export interface RecordedPool {
  readonly api: PoolApi;
  /** `describePool`, `updateClient web`, … */
  readonly calls: readonly string[];
  readonly pool: () => Json;
  readonly client: (clientId: string) => Json | undefined;
  /** As somebody else changes it: a date goes with it. Undefined removes a property. */
  readonly changePool: (values: Json) => void;
  /** As SetUserPoolMfaConfig changes it, without a date; users come and go without one, too. */
  readonly setFactors: (values: Json) => void;
  readonly setUsers: (count: number) => void;
  readonly changeClient: (clientId: string, values: Json | undefined) => void;
}

export interface Content {
  readonly pool: Json;
  readonly mfa?: Json;
  readonly clients?: Readonly<Record<string, Json>>;
  readonly unknown?: readonly string[];
}

/** Runs at a call, before or after it takes effect; what it throws, the call throws. `index` counts from 0. */
export type AtCall = (index: number, name: string, when: 'before' | 'after') => void | Promise<void>;

const only = (properties: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));

const without = (properties: Json, gone: readonly string[]): Json =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !gone.includes(name)));

const merged = (properties: Json, values: Json): Json =>
  Object.fromEntries(Object.entries({ ...properties, ...values }).filter(([, value]) => value !== undefined));

/** Several callers may share one pool: each gets an `api` of its own with `connect`. */
export const createRecordedPool = (content: Content) => {
  let time = MADE;
  let mfa: Json = content.mfa ?? {};
  let pool: Json = { ...content.pool, LastModifiedDate: time };
  const clients = new Map(
    Object.entries(content.clients ?? {}).map(([id, client]) => [
      id,
      { ...client, LastModifiedDate: time } as Json,
    ]),
  );
  const clientAt = (clientId: string): Json => {
    const client = clients.get(clientId);
    if (client !== undefined) return client;
    throw Object.assign(new Error('gone'), { name: 'ResourceNotFoundException' });
  };
  const dated = (properties: Json): Json => {
    time += 1;
    return { ...properties, LastModifiedDate: time };
  };
  const described = (properties: Json): Described => ({
    properties: structuredClone(properties) as Json,
    unknown: content.unknown ?? [],
  });

  const connect = (atCall: AtCall = () => undefined): RecordedPool => {
    const calls: string[] = [];
    const call = async <Result>(name: string, run: () => Result): Promise<Result> => {
      const index = calls.push(name) - 1;
      await atCall(index, name, 'before');
      const result = run();
      await atCall(index, name, 'after');
      return result;
    };
    const api: PoolApi = {
      describePool: () => call('describePool', () => described(pool)),
      describeMfa: () =>
        call('describeMfa', () => ({ ...mfa, MfaConfiguration: pool.MfaConfiguration ?? 'OFF' })),
      clientIds: () => call('clientIds', () => [...clients.keys()]),
      describeClient: (id) => call(`describeClient ${id}`, () => described(clientAt(id))),
      updatePool: (input) =>
        call('updatePool', () => {
          const kept = without(only(pool, [...POOL_WRITING.readOnly, ...POOL_WRITING.keptIfLeftOut]), [
            'Name',
          ]);
          const { PoolName, ...rest } = input;
          pool = dated(structuredClone({ ...kept, Name: PoolName, ...rest }) as Json);
        }),
      updateClient: (id, input) =>
        call(`updateClient ${id}`, () => {
          const kept = only(clientAt(id), CLIENT_WRITING.readOnly);
          clients.set(id, dated(structuredClone({ ...kept, ...input }) as Json));
        }),
    };
    return {
      api,
      calls,
      pool: () => without(pool, ['LastModifiedDate']),
      client: (id) => {
        const client = clients.get(id);
        return client && without(client, ['LastModifiedDate']);
      },
      changePool: (values) => {
        pool = dated(merged(pool, values));
      },
      setFactors: (values) => {
        mfa = merged(mfa, values);
      },
      setUsers: (EstimatedNumberOfUsers) => {
        pool = { ...pool, EstimatedNumberOfUsers };
      },
      changeClient: (id, values) => {
        if (values === undefined) clients.delete(id);
        else clients.set(id, dated(merged(clients.get(id) ?? {}, values)));
      },
    };
  };
  return { connect, ...connect() };
};
