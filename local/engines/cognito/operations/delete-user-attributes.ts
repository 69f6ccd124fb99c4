/** DeleteUserAttributes: deletes attributes that the client may write and the pool does not require. */
import type { Operation } from '../../../ground/service.ts';
import { listOf, readInput, required, text } from '../input.ts';
import { acceptDeletion } from '../users/attribute-updates.ts';
import type { FindSignedInUser } from '../users/signed-in-users.ts';
import type { Users } from '../users/users.ts';

const schema = {
  AccessToken: required(text({ min: 1 })),
  UserAttributeNames: required(listOf(required(text({ min: 1, max: 32 })))),
};

export const createDeleteUserAttributes =
  (findSignedInUser: FindSignedInUser, users: Users): Operation =>
  async (input) => {
    const { AccessToken, UserAttributeNames } = readInput(input, schema);
    const { pool, client, user } = await findSignedInUser(AccessToken);
    users.setAttributes(pool, user, acceptDeletion(pool, client, UserAttributeNames));
    return {};
  };
