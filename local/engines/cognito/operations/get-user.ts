/** GetUser: the user of an access token. There are no members about second factors of the pool's own, because it has none. */
import type { Operation } from '../../../ground/service.ts';
import { readInput, required, text } from '../input.ts';
import { readableAttributes, toPairs } from '../users/attributes.ts';
import type { FindSignedInUser } from '../users/signed-in-users.ts';

const schema = { AccessToken: required(text({ min: 1 })) };

export const createGetUser =
  (findSignedInUser: FindSignedInUser): Operation =>
  async (input) => {
    const { AccessToken } = readInput(input, schema);
    const { client, user } = await findSignedInUser(AccessToken);
    return { Username: user.username, UserAttributes: toPairs(readableAttributes(client, user.attributes)) };
  };
