/** AdminEnableUser. */
import type { Operation } from '../../../../ground/service.ts';
import { readInput, username, userPoolId } from '../../input.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = { UserPoolId: userPoolId, Username: username };

export const createAdminEnableUser =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    users.setEnabled(pool, users.get(pool, Username), true);
    return {};
  };
