/** Issues the pool's tokens: ID and access token as RS256 JWTs with Cognito's claims, and an opaque refresh token. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { Clock } from '../../../ground/clock.ts';
import { AwsError, type JsonObject } from '../../../ground/service.ts';
import type { State } from '../../../ground/state.ts';
import { notAuthorized, userDisabled, userNotFound } from '../errors.ts';
import { groupConfigurationOf } from '../groups/group-configuration.ts';
import type { Groups } from '../groups/groups.ts';
import type { Client, UserPool } from '../pool.ts';
import type { CallTrigger } from '../sign-in/triggers.ts';
import type { StoredUser, Users } from '../users/users.ts';
import type { Keys } from './keys.ts';
import type { Revocations } from './revocations.ts';
import { accessClaims, askForOverrides, identityClaims, type TokenRequest } from './token-claims.ts';

/** The data behind a refresh token; times are epoch milliseconds. */
export interface Grant {
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  /** Tells the user from another one who has the name later. Missing in what earlier versions stored. */
  readonly sub?: string | undefined;
  readonly originId: string;
  readonly authenticatedAt: number;
  readonly expiresAt: number;
  /** When another refresh token took its place, plus the client's grace period; undefined for one that is not rotated out. */
  readonly usableUntil?: number;
}

export interface Tokens {
  /** Returns the AuthenticationResult of a completed sign-in. */
  issue(request: TokenRequest): Promise<JsonObject>;
  /** Returns the AuthenticationResult of a refresh. It has a new refresh token if the client rotates them. */
  refresh(request: TokenRequest, refreshToken: string): Promise<JsonObject>;
  /**
   * Throws NotAuthorizedException if the refresh token belongs to another client, has expired or is revoked, and
   * RefreshTokenReuseException if another one has taken its place.
   */
  readGrant(pool: UserPool, client: Client, refreshToken: string): Grant;
  /** Ends a refresh token and the access tokens of its sign-in. Ignores the token of another client. */
  revoke(pool: UserPool, client: Client, refreshToken: string): void;
  /** Ends all tokens of the user. */
  revokeAll(pool: UserPool, user: StoredUser): void;
}

export interface TokensDependencies {
  readonly state: State;
  readonly keys: Keys;
  readonly groups: Pick<Groups, 'ofUser'>;
  readonly users: Pick<Users, 'find'>;
  readonly revocations: Revocations;
  readonly clock: Clock;
  readonly callTrigger: CallTrigger;
  readonly issuerOf: (poolId: string) => string;
}

/** The exception is documented (GetTokensFromRefreshToken), its text is not. */
const reused = (): AwsError =>
  new AwsError('RefreshTokenReuseException', 'Refresh Token has been invalidated by refresh token rotation');

/** Cognito's limit. An access token may be issued just before its refresh token expires, so it can live this much longer. */
const MAX_ACCESS_TOKEN_MS = 86_400_000;
const seconds = (ms: number) => Math.floor(ms / 1000);

/** Token revocation and refresh token rotation add `jti` and `origin_jti` to the tokens (developer guide, "Refresh tokens"). */
const hasIds = ({ revokesTokens, rotationGraceMs }: Client) => revokesTokens || rotationGraceMs !== undefined;

export const createTokens = (deps: TokensDependencies): Tokens => {
  const { state, keys, groups: groupStore, users, revocations, clock, callTrigger, issuerOf } = deps;
  const grants = state.documents<Grant>('cognito-refresh-token');
  const grantId = (refreshToken: string) => createHash('sha256').update(refreshToken).digest('hex');

  const end = ({ originId, expiresAt }: Grant) => revocations.add(originId, expiresAt + MAX_ACCESS_TOKEN_MS);

  const sign = ({ pool, client }: TokenRequest, claims: JWTPayload, validMs: number): Promise<string> => {
    const { id, privateKey } = keys.signing(pool.id);
    const now = seconds(clock.now());
    const times = { iat: now, exp: now + seconds(validMs) };
    return new SignJWT({ ...claims, ...times, ...(hasIds(client) ? { jti: randomUUID() } : {}) })
      .setProtectedHeader({ kid: id, alg: 'RS256' })
      .sign(privateKey);
  };

  /** The user as it is now: a trigger takes its time, in which an administrator may disable, delete or change the user. */
  const readAgain = ({ pool, user }: TokenRequest): StoredUser => {
    const current = users.find(pool, user.username);
    if (current?.attributes.sub !== user.attributes.sub || current === undefined) throw userNotFound();
    if (!current.enabled) throw userDisabled();
    return current;
  };

  const signTokens = async (asked: TokenRequest, grant: Grant) => {
    const { pool, client } = asked;
    const overrides = await askForOverrides(
      callTrigger,
      asked,
      groupConfigurationOf(groupStore.ofUser(pool, asked.user)),
    );
    const user = readAgain(asked);
    const request = { ...asked, user };
    const common = {
      sub: user.attributes.sub as string,
      iss: issuerOf(pool.id),
      // Without origin_jti the access token has to be found otherwise when its sign-in is ended.
      ...(hasIds(client)
        ? { origin_jti: grant.originId, event_id: randomUUID() }
        : { event_id: grant.originId }),
      auth_time: seconds(grant.authenticatedAt),
    };
    return {
      AccessToken: await sign(request, accessClaims(request, overrides, common), client.accessTokenMs),
      ExpiresIn: seconds(client.accessTokenMs),
      IdToken: await sign(request, identityClaims(request, overrides, common), client.idTokenMs),
      TokenType: 'Bearer',
    };
  };

  const keep = (grant: Grant): string => {
    // In base64url it might begin with a dash, and the AWS CLI would take it for an option.
    const refreshToken = randomBytes(96).toString('hex');
    grants.put(grantId(refreshToken), grant);
    return refreshToken;
  };

  const readGrant: Tokens['readGrant'] = (pool, client, refreshToken) => {
    const grant = grants.get(grantId(refreshToken));
    if (grant?.poolId !== pool.id || grant.clientId !== client.id)
      throw notAuthorized('Invalid Refresh Token');
    if (revocations.has(grant.originId)) throw notAuthorized('Refresh Token has been revoked');
    if (grant.expiresAt <= clock.now()) {
      // Until its last access token has expired, `revokeAll` has to find it.
      if (grant.expiresAt + MAX_ACCESS_TOKEN_MS <= clock.now()) grants.delete(grantId(refreshToken));
      throw notAuthorized('Refresh Token has expired');
    }
    if (grant.usableUntil !== undefined && grant.usableUntil <= clock.now()) throw reused();
    return grant;
  };

  /** The new token expires when the old one would have. Who comes again in the grace period does not make it longer. */
  const rotate = (refreshToken: string, grant: Grant, graceMs: number): string => {
    const { usableUntil = clock.now() + graceMs, ...successor } = grant;
    // In this order, because the process may die between the two.
    const next = keep(successor);
    grants.put(grantId(refreshToken), { ...grant, usableUntil });
    return next;
  };

  return {
    readGrant,
    issue: async (request) => {
      const grant: Grant = {
        poolId: request.pool.id,
        clientId: request.client.id,
        username: request.user.username,
        sub: request.user.attributes.sub,
        originId: randomUUID(),
        authenticatedAt: clock.now(),
        expiresAt: clock.now() + request.client.refreshTokenMs,
      };
      const result = await signTokens(request, grant);
      readAgain(request);
      return { ...result, RefreshToken: keep(grant) };
    },
    refresh: async (request, refreshToken) => {
      const { pool, client } = request;
      const result = await signTokens(request, readGrant(pool, client, refreshToken));
      // While the trigger ran it may have been revoked or rotated, or the user disabled.
      const grant = readGrant(pool, client, refreshToken);
      readAgain(request);
      if (client.rotationGraceMs === undefined) return result;
      return { ...result, RefreshToken: rotate(refreshToken, grant, client.rotationGraceMs) };
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
