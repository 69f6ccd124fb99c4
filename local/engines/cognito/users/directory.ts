/** Finds the pools and clients of this system by id. */
import { clientNotFound, resourceNotFound } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';

export interface Directory {
  /** Throws ResourceNotFoundException. */
  pool(poolId: string): UserPool;
  /** A client and its pool; throws ResourceNotFoundException. */
  client(clientId: string): { readonly pool: UserPool; readonly client: Client };
}

export const createDirectory = (pools: readonly UserPool[]): Directory => ({
  pool: (poolId) => {
    const pool = pools.find(({ id }) => id === poolId);
    if (pool === undefined) throw resourceNotFound(`User pool ${poolId} does not exist.`);
    return pool;
  },
  client: (clientId) => {
    for (const pool of pools) {
      const client = pool.clients.get(clientId);
      if (client !== undefined) return { pool, client };
    }
    throw clientNotFound(clientId);
  },
});
