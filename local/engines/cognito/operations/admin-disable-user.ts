/** AdminDisableUser: the user stays listed, cannot sign in, and what they are signed in with is revoked. */
import type { Operation } from '../../../ground/service.ts';
import type { Directory } from '../directory.ts';
import { readInput, username, userPoolId } from '../input.ts';
import type { Tokens } from '../tokens.ts';
import type { Users } from '../users.ts';

const schema = { UserPoolId: userPoolId, Username: username };

export const createAdminDisableUser =
  (directory: Directory, users: Users, tokens: Tokens): Operation =>
  (input) => {
    const { UserPoolId, Username } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    tokens.revokeAll(pool, users.setEnabled(pool, users.get(pool, Username), false));
    return {};
  };
