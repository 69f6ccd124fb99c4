/** Finds the pools and clients of this system by id, as they stand at this moment. */
import { clientNotFound, resourceNotFound } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';

export interface ClientInPool {
  readonly pool: UserPool;
  readonly client: Client;
}

export interface Directory {
  all(): readonly UserPool[];
  /** Throws ResourceNotFoundException. */
  pool(poolId: string): UserPool;
  /** A client and its pool; throws ResourceNotFoundException. */
  client(clientId: string): ClientInPool;
  /** A client of this pool; throws ResourceNotFoundException. */
  clientOf(poolId: string, clientId: string): ClientInPool;
}

/** `all` says which pools there are now. */
export const createDirectory = (all: () => readonly UserPool[]): Directory => {
  const findPool: Directory['pool'] = (poolId) => {
    const pool = all().find(({ id }) => id === poolId);
    if (pool === undefined) throw resourceNotFound(`User pool ${poolId} does not exist.`);
    return pool;
  };
  return {
    all,
    pool: findPool,
    client: (clientId) => {
      for (const pool of all()) {
        const client = pool.clients.get(clientId);
        if (client !== undefined) return { pool, client };
      }
      throw clientNotFound(clientId);
    },
    clientOf: (poolId, clientId) => {
      const pool = findPool(poolId);
      const client = pool.clients.get(clientId);
      if (client === undefined) throw clientNotFound(clientId);
      return { pool, client };
    },
  };
};
