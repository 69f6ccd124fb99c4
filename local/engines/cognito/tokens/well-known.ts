/** Serves the documents with which programs verify a pool's tokens. */
import type { Route } from '../../../ground/endpoint.ts';
import type { Directory } from '../users/directory.ts';
import type { Keys } from './keys.ts';

/** Returns the document at a path such as `/<poolId>/.well-known/jwks.json`. */
export type WellKnown = (path: string) => object | undefined;

export const createWellKnown =
  (directory: Pick<Directory, 'all'>, keys: Keys, issuerOf: (poolId: string) => string): WellKnown =>
  (path) => {
    const [, poolId, document] = /^\/([^/]+)\/\.well-known\/([^/]+)$/.exec(path) ?? [];
    const pool = directory.all().find(({ id }) => id === poolId);
    if (pool === undefined) return undefined;
    if (document === 'jwks.json') return { keys: [keys.signing(pool.id).publicJwk] };
    if (document !== 'openid-configuration') return undefined;
    const issuer = issuerOf(pool.id);
    return {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
    };
  };

export const createWellKnownRoute =
  (wellKnown: WellKnown): Route =>
  ({ method, path }) => {
    const document = method === 'GET' ? wellKnown(path) : undefined;
    return (
      document && {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(document),
      }
    );
  };
