/** GlobalSignOut: ends every sign-in of the access token's user. */
import type { Operation } from '../../../ground/service.ts';
import { readInput, required, text } from '../input.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { FindSignedInUser } from '../users/signed-in-users.ts';

const schema = { AccessToken: required(text({ min: 1 })) };

export const createGlobalSignOut =
  (findSignedInUser: FindSignedInUser, tokens: Tokens): Operation =>
  async (input) => {
    const { AccessToken } = readInput(input, schema);
    const { pool, user } = await findSignedInUser(AccessToken);
    tokens.revokeAll(pool, user);
    return {};
  };
