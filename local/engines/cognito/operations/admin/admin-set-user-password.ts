/** AdminSetUserPassword: sets a permanent password, or a temporary one that the user must change at the next sign-in. */
import type { Operation } from '../../../../ground/service.ts';
import { flag, password, readInput, required, username, userPoolId } from '../../input.ts';
import type { Directory } from '../../users/directory.ts';
import { acceptPassword } from '../../users/new-passwords.ts';
import type { Users } from '../../users/users.ts';

const schema = { UserPoolId: userPoolId, Username: username, Password: required(password), Permanent: flag };

export const createAdminSetUserPassword =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username, Password, Permanent } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    const user = users.get(pool, Username);
    acceptPassword(pool, user, Password);
    users.setPassword(pool, user, Password, Permanent ? 'permanent' : 'temporary');
    return {};
  };
