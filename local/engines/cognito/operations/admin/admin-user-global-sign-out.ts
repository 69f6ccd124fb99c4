/** AdminUserGlobalSignOut: ends every sign-in of a user, who may sign in again. */
import type { Operation } from '../../../../ground/service.ts';
import { readInput, username, userPoolId } from '../../input.ts';
import type { Tokens } from '../../tokens/tokens.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = { UserPoolId: userPoolId, Username: username };

export const createAdminUserGlobalSignOut =
  (directory: Directory, users: Users, tokens: Tokens): Operation =>
  (input) => {
    const { UserPoolId, Username } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    tokens.revokeAll(pool, users.get(pool, Username));
    return {};
  };
