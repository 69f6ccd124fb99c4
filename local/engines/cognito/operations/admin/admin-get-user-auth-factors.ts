/** AdminGetUserAuthFactors: the same as GetUserAuthFactors, of any user. */
import type { Operation } from '../../../../ground/service.ts';
import { readInput, username, userPoolId } from '../../input.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = { UserPoolId: userPoolId, Username: username };

export const createAdminGetUserAuthFactors =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username } = readInput(input, schema);
    const user = users.get(directory.pool(UserPoolId), Username);
    return { Username: user.username, ConfiguredUserAuthFactors: ['PASSWORD'] };
  };
