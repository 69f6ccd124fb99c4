/** DeleteUserPool: with its clients, users and groups, unless it is protected. */
import type { Operation } from '../../../../../ground/service.ts';
import { invalidParameter } from '../../../errors.ts';
import type { Groups } from '../../../groups/groups.ts';
import { readInput, userPoolId } from '../../../input.ts';
import type { Pools } from '../../../pools/pools.ts';
import type { DeleteUser } from '../../../users/deletion.ts';
import type { Directory } from '../../../users/directory.ts';
import type { Users } from '../../../users/users.ts';

export interface DeleteUserPoolDependencies {
  readonly directory: Directory;
  readonly pools: Pools;
  readonly users: Users;
  readonly groups: Groups;
  readonly deleteUser: DeleteUser;
}

export const createDeleteUserPool =
  ({ directory, pools, users, groups, deleteUser }: DeleteUserPoolDependencies): Operation =>
  (input) => {
    const { UserPoolId } = readInput(input, { UserPoolId: userPoolId });
    const pool = directory.pool(UserPoolId);
    // The exception is the SDK's (`DeletionProtection`), the words are those of reports of real pools.
    if (pool.properties.DeletionProtection === 'ACTIVE') {
      throw invalidParameter(
        'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
      );
    }
    for (const user of users.all(pool)) deleteUser(pool, user);
    for (const { name } of groups.all(pool)) groups.delete(pool, name);
    pools.delete(pool.id);
    return {};
  };
