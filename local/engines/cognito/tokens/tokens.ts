/** Issues the pool's tokens: ID and access token as RS256 JWTs with Cognito's claims, and an opaque refresh token. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { Clock } from '../../../ground/clock.ts';
import type { JsonObject } from '../../../ground/service.ts';
import type { State } from '../../../ground/state.ts';
import { notAuthorized } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';
import type { CallTrigger } from '../sign-in/triggers.ts';
import { readableAttributes } from '../users/attributes.ts';
import type { StoredUser } from '../users/users.ts';
import type { Keys } from './keys.ts';
import type { Revocations } from './revocations.ts';
import { askForOverrides, type TokenRequest } from './token-claims.ts';

/** The data behind a refresh token; times are epoch milliseconds. */
export interface Grant {
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly originId: string;
  readonly authenticatedAt: number;
  readonly expiresAt: number;
}

export interface Tokens {
  /** Returns the AuthenticationResult of a completed sign-in. */
  issue(request: TokenRequest): Promise<JsonObject>;
  /** Returns the AuthenticationResult of a refresh, which has no new refresh token. */
  renew(request: TokenRequest, grant: Grant): Promise<JsonObject>;
  /** Throws NotAuthorizedException if the refresh token belongs to another client, has expired or is revoked. */
  readGrant(pool: UserPool, client: Client, refreshToken: string): Grant;
  /** Ends a refresh token and the access tokens of its sign-in. Ignores the token of another client. */
  revoke(pool: UserPool, client: Client, refreshToken: string): void;
  /** Ends all tokens of the user. */
  revokeAll(pool: UserPool, user: StoredUser): void;
}

export interface TokensDependencies {
  readonly state: State;
  readonly keys: Keys;
  readonly revocations: Revocations;
  readonly clock: Clock;
  readonly callTrigger: CallTrigger;
  readonly issuerOf: (poolId: string) => string;
}

/** Cognito's limit. An access token may be issued just before its refresh token expires, so it can live this much longer. */
const MAX_ACCESS_TOKEN_MS = 86_400_000;
const SCOPE = 'aws.cognito.signin.user.admin';
const seconds = (ms: number) => Math.floor(ms / 1000);

/** Returns attributes as claims, in which the verified flags are booleans. */
const attributeClaims = (client: Client, { attributes }: StoredUser): JWTPayload =>
  Object.fromEntries(
    Object.entries(readableAttributes(client, attributes)).map(([name, value]) => [
      name,
      name.endsWith('_verified') ? value === 'true' : value,
    ]),
  );

export const createTokens = (deps: TokensDependencies): Tokens => {
  const { state, keys, revocations, clock, callTrigger, issuerOf } = deps;
  const grants = state.documents<Grant>('cognito-refresh-token');
  const grantId = (refreshToken: string) => createHash('sha256').update(refreshToken).digest('hex');

  const end = ({ originId, expiresAt }: Grant) => revocations.add(originId, expiresAt + MAX_ACCESS_TOKEN_MS);

  const sign = (pool: UserPool, claims: JWTPayload, validMs: number): Promise<string> => {
    const { id, privateKey } = keys.signing(pool.id);
    const now = seconds(clock.now());
    const times = { iat: now, exp: now + seconds(validMs), jti: randomUUID() };
    return new SignJWT({ ...claims, ...times })
      .setProtectedHeader({ kid: id, alg: 'RS256' })
      .sign(privateKey);
  };

  const renew: Tokens['renew'] = async (request, grant) => {
    const { pool, client, user } = request;
    const { claims, suppressed, groups } = await askForOverrides(callTrigger, request);
    const common = {
      sub: user.attributes.sub as string,
      iss: issuerOf(pool.id),
      origin_jti: grant.originId,
      event_id: randomUUID(),
      auth_time: seconds(grant.authenticatedAt),
    };
    const identity: Record<string, unknown> = {
      ...attributeClaims(client, user),
      ...groups,
      ...claims,
      ...common,
      'cognito:username': user.username,
      aud: client.id,
      token_use: 'id',
    };
    for (const name of suppressed) delete identity[name];
    const access = {
      ...common,
      ...(groups['cognito:groups'] === undefined ? {} : { 'cognito:groups': groups['cognito:groups'] }),
      client_id: client.id,
      token_use: 'access',
      scope: SCOPE,
      username: user.username,
    };
    return {
      AccessToken: await sign(pool, access, client.accessTokenMs),
      ExpiresIn: seconds(client.accessTokenMs),
      IdToken: await sign(pool, identity, client.idTokenMs),
      TokenType: 'Bearer',
    };
  };

  return {
    renew,
    issue: async (request) => {
      const grant: Grant = {
        poolId: request.pool.id,
        clientId: request.client.id,
        username: request.user.username,
        originId: randomUUID(),
        authenticatedAt: clock.now(),
        expiresAt: clock.now() + request.client.refreshTokenMs,
      };
      const result = await renew(request, grant);
      // In base64url it might begin with a dash, and the AWS CLI would take it for an option.
      const RefreshToken = randomBytes(96).toString('hex');
      grants.put(grantId(RefreshToken), grant);
      return { ...result, RefreshToken };
    },
    readGrant: (pool, client, refreshToken) => {
      const grant = grants.get(grantId(refreshToken));
      if (grant?.poolId !== pool.id || grant.clientId !== client.id)
        throw notAuthorized('Invalid Refresh Token');
      if (revocations.has(grant.originId)) throw notAuthorized('Refresh Token has been revoked');
      if (grant.expiresAt > clock.now()) return grant;
      // Until its last access token has expired, `revokeAll` has to find it.
      if (grant.expiresAt + MAX_ACCESS_TOKEN_MS <= clock.now()) grants.delete(grantId(refreshToken));
      throw notAuthorized('Refresh Token has expired');
    },
    revoke: (pool, client, refreshToken) => {
      const grant = grants.get(grantId(refreshToken));
      if (grant?.poolId === pool.id && grant.clientId === client.id) end(grant);
    },
    revokeAll: (pool, { username }) => {
      for (const grant of grants.all())
        if (grant.poolId === pool.id && grant.username === username) end(grant);
    },
  };
};
