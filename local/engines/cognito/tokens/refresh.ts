/** Issues new ID and access tokens for a refresh token. */
import type { JsonObject } from '../../../ground/service.ts';
import { notAuthorized, userDisabled } from '../errors.ts';
import type { TextMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import type { Users } from '../users/users.ts';
import type { Tokens } from './tokens.ts';

export interface RefreshCall {
  readonly pool: UserPool;
  readonly client: Client;
  readonly refreshToken: string;
  readonly clientMetadata: TextMap;
  /** Gets the username of the token's user, and throws if the caller has to know it and does not. */
  readonly checkUser?: (username: string) => void;
}

/** Returns the AuthenticationResult. Throws NotAuthorizedException or RefreshTokenReuseException. */
export type Refresh = (call: RefreshCall) => Promise<JsonObject>;

export const createRefresh =
  (users: Users, tokens: Tokens): Refresh =>
  async ({ pool, client, refreshToken, clientMetadata, checkUser }) => {
    const grant = tokens.readGrant(pool, client, refreshToken);
    checkUser?.(grant.username);
    const user = users.find(pool, grant.username);
    const isDeleted = user === undefined || (grant.sub ?? user.attributes.sub) !== user.attributes.sub;
    if (isDeleted) throw notAuthorized('Invalid Refresh Token');
    if (!user.enabled) throw userDisabled();
    const source = 'TokenGeneration_RefreshTokens';
    return tokens.refresh({ pool, client, user, source, clientMetadata }, refreshToken);
  };
