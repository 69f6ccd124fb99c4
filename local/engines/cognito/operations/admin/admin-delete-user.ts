/** AdminDeleteUser: the name and the address are free again. */
import type { Operation } from '../../../../ground/service.ts';
import { readInput, username, userPoolId } from '../../input.ts';
import type { DeleteUser } from '../../users/deletion.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = { UserPoolId: userPoolId, Username: username };

export const createAdminDeleteUser =
  (directory: Directory, users: Users, deleteUser: DeleteUser): Operation =>
  (input) => {
    const { UserPoolId, Username } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    deleteUser(pool, users.get(pool, Username));
    return {};
  };
