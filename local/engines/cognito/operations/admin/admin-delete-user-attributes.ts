/** AdminDeleteUserAttributes: deletes any attributes but those that the pool requires or does not let change. */
import type { Operation } from '../../../../ground/service.ts';
import { listOf, readInput, required, text, username, userPoolId } from '../../input.ts';
import { acceptDeletion } from '../../users/attribute-updates.ts';
import type { Directory } from '../../users/directory.ts';
import type { Users } from '../../users/users.ts';

const schema = {
  UserPoolId: userPoolId,
  Username: username,
  UserAttributeNames: required(listOf(required(text({ min: 1, max: 32 })))),
};

export const createAdminDeleteUserAttributes =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId, Username, UserAttributeNames } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    const user = users.get(pool, Username);
    users.setAttributes(pool, user, acceptDeletion(pool, undefined, UserAttributeNames));
    return {};
  };
