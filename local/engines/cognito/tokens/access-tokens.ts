/** Reads the access tokens that the pools have issued. */
import { createPublicKey } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { notAuthorized } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';
import type { Keys } from './keys.ts';
import type { Revocations } from './revocations.ts';

export interface AccessToken {
  readonly pool: UserPool;
  readonly client: Client;
  readonly username: string;
}

/** Throws NotAuthorizedException for a token that is malformed, from another pool, not an access token, expired or revoked. */
export type ReadAccessToken = (token: string) => Promise<AccessToken>;

const decode = (token: string): JWTPayload => {
  try {
    return decodeJwt(token);
  } catch {
    throw notAuthorized('Invalid Access Token');
  }
};

export const createAccessTokenReader = (
  pools: readonly UserPool[],
  keys: Keys,
  revocations: Revocations,
  now: () => number,
): ReadAccessToken => {
  const verify = async (token: string, pool: UserPool) => {
    try {
      const key = createPublicKey({ key: keys.signing(pool.id).publicJwk, format: 'jwk' });
      return (await jwtVerify(token, key, { algorithms: ['RS256'], currentDate: new Date(now()) })).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw notAuthorized('Access Token has expired');
      throw notAuthorized('Could not verify signature for Access Token');
    }
  };

  return async (token) => {
    const clientId = String(decode(token).client_id);
    const pool = pools.find(({ clients }) => clients.has(clientId));
    const client = pool?.clients.get(clientId);
    if (pool === undefined || client === undefined) throw notAuthorized('Invalid Access Token');

    const { token_use, username, origin_jti } = await verify(token, pool);
    if (token_use !== 'access' || typeof username !== 'string') throw notAuthorized('Invalid Access Token');
    if (revocations.has(String(origin_jti))) throw notAuthorized('Access Token has been revoked');
    return { pool, client, username };
  };
};
