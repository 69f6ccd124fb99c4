/** Reads the access tokens that the pools have issued. */
import { createPublicKey } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { notAuthorized } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';
import type { Directory } from '../users/directory.ts';
import type { Keys } from './keys.ts';
import type { Revocations } from './revocations.ts';
import { USER_SCOPE } from './token-claims.ts';

export interface AccessToken {
  readonly pool: UserPool;
  readonly client: Client;
  readonly username: string;
  readonly sub: string;
}

/**
 * Throws NotAuthorizedException for a token that is malformed, from another pool, not an access token, expired or revoked, or
 * whose scope a trigger has suppressed that every operation with an access token wants.
 */
export type ReadAccessToken = (token: string) => Promise<AccessToken>;

const decode = (token: string): JWTPayload => {
  try {
    return decodeJwt(token);
  } catch {
    throw notAuthorized('Invalid Access Token');
  }
};

export const createAccessTokenReader = (
  directory: Pick<Directory, 'all'>,
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
    const pool = directory.all().find(({ clients }) => clients.has(clientId));
    const client = pool?.clients.get(clientId);
    if (pool === undefined || client === undefined) throw notAuthorized('Invalid Access Token');

    const { token_use, username, sub = '', origin_jti, event_id, scope } = await verify(token, pool);
    if (token_use !== 'access' || typeof username !== 'string') throw notAuthorized('Invalid Access Token');
    // Tokens of a client without token revocation have no origin_jti; there the other one is the sign-in's.
    if (revocations.has(String(origin_jti ?? event_id))) throw notAuthorized('Access Token has been revoked');
    if (!String(scope).split(' ').includes(USER_SCOPE)) {
      throw notAuthorized('Access Token does not have required scopes');
    }
    return { pool, client, username, sub };
  };
};
