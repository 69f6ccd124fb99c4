/** AdminGetUser. */
import type { Operation } from '../../../../ground/service.ts';
import { readInput, username, userPoolId } from '../../input.ts';
import { describeUser } from '../../users/attributes.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = { UserPoolId: userPoolId, Username: username };

export const createAdminGetUser =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username } = readInput(input, schema);
    return describeUser(users.get(directory.pool(UserPoolId), Username), 'UserAttributes');
  };
