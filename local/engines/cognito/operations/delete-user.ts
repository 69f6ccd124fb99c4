/** DeleteUser: the user of the access token, for good. */
import type { Operation } from '../../../ground/service.ts';
import { readInput, required, text } from '../input.ts';
import type { DeleteUser } from '../users/deletion.ts';
import type { FindSignedInUser } from '../users/signed-in-users.ts';

const schema = { AccessToken: required(text({ min: 1 })) };

export const createDeleteUser =
  (findSignedInUser: FindSignedInUser, deleteUser: DeleteUser): Operation =>
  async (input) => {
    const { AccessToken } = readInput(input, schema);
    const { pool, user } = await findSignedInUser(AccessToken);
    deleteUser(pool, user);
    return {};
  };
