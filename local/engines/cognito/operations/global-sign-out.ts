/** GlobalSignOut: ends every sign-in of the access token's user. */
import type { Operation } from '../../../ground/service.ts';
import { readInput, required, text } from '../input.ts';
import type { ReadAccessToken } from '../tokens/access-tokens.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { Users } from '../users/users.ts';

const schema = { AccessToken: required(text({ min: 1 })) };

export const createGlobalSignOut =
  (readAccessToken: ReadAccessToken, users: Users, tokens: Tokens): Operation =>
  async (input) => {
    const { AccessToken } = readInput(input, schema);
    const { pool, username } = await readAccessToken(AccessToken);
    tokens.revokeAll(pool, users.get(pool, username));
    return {};
  };
