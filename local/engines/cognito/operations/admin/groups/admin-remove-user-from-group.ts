/** AdminRemoveUserFromGroup: succeeds too if the user is not in the group. AWS does not document that case. */
import type { Operation } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import type { Memberships } from '../../../groups/memberships.ts';
import { readInput } from '../../../input.ts';
import type { Directory } from '../../../users/directory.ts';
import type { Users } from '../../../users/users.ts';
import { userAndGroup } from './group-input.ts';

export const createAdminRemoveUserFromGroup =
  (directory: Directory, users: Users, groups: Groups, memberships: Memberships): Operation =>
  (input) => {
    const { UserPoolId, Username, GroupName } = readInput(input, userAndGroup);
    const pool = directory.pool(UserPoolId);
    const user = users.get(pool, Username);
    memberships.remove(pool, user, groups.get(pool, GroupName).name);
    return {};
  };
