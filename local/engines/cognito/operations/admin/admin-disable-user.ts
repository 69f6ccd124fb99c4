/** AdminDisableUser: the user stays in the list but cannot sign in, and their tokens are revoked. */
import type { Operation } from '../../../../ground/service.ts';
import { readInput, username, userPoolId } from '../../input.ts';
import type { Tokens } from '../../tokens/tokens.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = { UserPoolId: userPoolId, Username: username };

export const createAdminDisableUser =
  (directory: Directory, users: Users, tokens: Tokens): Operation =>
  (input) => {
    const { UserPoolId, Username } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    const user = users.get(pool, Username);
    // In this order, because the process may die between the two.
    tokens.revokeAll(pool, user);
    users.setEnabled(pool, user, false);
    return {};
  };
