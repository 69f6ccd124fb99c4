/** What tests do to pools that no request can do. */
import { AwsError } from '../../../ground/service.ts';
import type { Directory } from '../users/directory.ts';
import type { Pools } from './pools.ts';
import type { UnknownProperty } from './stored-settings.ts';

export type WriteOperation = 'UpdateUserPool' | 'UpdateUserPoolClient' | 'SetUserPoolMfaConfig';

export interface PoolSeams {
  /** The next call of the operation throws this error and writes nothing. */
  failNext(operation: WriteOperation, code?: string): void;
  /** Puts a property that no SDK knows into a pool, at a dotted path. Throws ResourceNotFoundException. */
  setUnknownProperty(poolId: string, path: string, value: unknown): void;
  setUnknownClientProperty(poolId: string, clientId: string, path: string, value: unknown): void;
  /** Gives a pool a tag of AWS's own (`aws:…`), which no update writes or loses. */
  setSystemTag(poolId: string, key: string, value: string): void;
}

/** Throws if a test has asked for it. */
export type BeforeWrite = (operation: WriteOperation) => void;

const changed = (
  unknown: readonly UnknownProperty[],
  path: string,
  value: unknown,
): readonly UnknownProperty[] => [...unknown.filter((one) => one.path !== path), { path, value }];

export const createSeams = (
  pools: Pools,
  directory: Directory,
): { readonly seams: PoolSeams; readonly beforeWrite: BeforeWrite } => {
  const failing = new Map<WriteOperation, string>();
  return {
    beforeWrite: (operation) => {
      const code = failing.get(operation);
      if (code === undefined) return;
      failing.delete(operation);
      throw new AwsError(code, `${operation} was made to fail.`);
    },
    seams: {
      failNext: (operation, code = 'ConcurrentModificationException') => void failing.set(operation, code),
      setUnknownProperty: (poolId, path, value) => {
        const { unknown } = directory.pool(poolId);
        pools.write(poolId, { unknown: changed(unknown, path, value) });
      },
      setUnknownClientProperty: (poolId, clientId, path, value) => {
        const { client } = directory.clientOf(poolId, clientId);
        pools.writeClient(clientId, { unknown: changed(client.unknown, path, value) });
      },
      setSystemTag: (poolId, key, value) => {
        const { systemTags } = directory.pool(poolId);
        pools.write(poolId, { systemTags: { ...systemTags, [key]: value } });
      },
    },
  };
};
