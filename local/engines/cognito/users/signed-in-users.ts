/** Finds the user of an access token, for the operations that users authorize themselves. */
import { userDisabled, userNotFound } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';
import type { ReadAccessToken } from '../tokens/access-tokens.ts';
import type { StoredUser, Users } from './users.ts';

export interface SignedInUser {
  readonly pool: UserPool;
  readonly client: Client;
  readonly user: StoredUser;
}

/**
 * Throws NotAuthorizedException for a token that does not count or a user who is disabled, and UserNotFoundException for a user
 * who was deleted, also if another one has the name by now.
 */
export type FindSignedInUser = (accessToken: string) => Promise<SignedInUser>;

export const createSignedInUsers =
  (readAccessToken: ReadAccessToken, users: Users): FindSignedInUser =>
  async (accessToken) => {
    const { pool, client, username, sub } = await readAccessToken(accessToken);
    const user = users.get(pool, username);
    if (user.attributes.sub !== sub) throw userNotFound();
    if (!user.enabled) throw userDisabled();
    return { pool, client, user };
  };
