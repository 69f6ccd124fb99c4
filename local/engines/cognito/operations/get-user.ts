/** GetUser: returns the user of an access token. */
import type { Operation } from '../../../ground/service.ts';
import { userDisabled } from '../errors.ts';
import { readInput, required, text } from '../input.ts';
import type { ReadAccessToken } from '../tokens/access-tokens.ts';
import { readableAttributes, toPairs } from '../users/attributes.ts';
import type { Users } from '../users/users.ts';

const schema = { AccessToken: required(text({ min: 1 })) };

export const createGetUser =
  (readAccessToken: ReadAccessToken, users: Users): Operation =>
  async (input) => {
    const { AccessToken } = readInput(input, schema);
    const { pool, client, username } = await readAccessToken(AccessToken);
    const user = users.get(pool, username);
    if (!user.enabled) throw userDisabled();
    return { Username: user.username, UserAttributes: toPairs(readableAttributes(client, user.attributes)) };
  };
