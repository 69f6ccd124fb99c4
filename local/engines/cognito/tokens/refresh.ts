/** Issues new ID and access tokens for a refresh token. */
import type { JsonObject } from '../../../ground/service.ts';
import { notAuthorized, userDisabled } from '../errors.ts';
import type { TextMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import type { Users } from '../users/users.ts';
import type { Tokens } from './tokens.ts';

/** Returns the AuthenticationResult. Throws NotAuthorizedException. */
export type Refresh = (
  pool: UserPool,
  client: Client,
  refreshToken: string,
  clientMetadata: TextMap,
) => Promise<JsonObject>;

export const createRefresh =
  (users: Users, tokens: Tokens): Refresh =>
  async (pool, client, refreshToken, clientMetadata) => {
    const grant = tokens.readGrant(pool, client, refreshToken);
    const user = users.find(pool, grant.username);
    if (user === undefined) throw notAuthorized('Invalid Refresh Token');
    if (!user.enabled) throw userDisabled();
    return tokens.renew(
      { pool, client, user, source: 'TokenGeneration_RefreshTokens', clientMetadata },
      grant,
    );
  };
