/** The operations on groups and on who is in them. */
import type { Operations } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import type { Memberships } from '../../../groups/memberships.ts';
import type { Directory } from '../../../users/directory.ts';
import type { Users } from '../../../users/users.ts';
import { createAdminAddUserToGroup } from './admin-add-user-to-group.ts';
import { createAdminListGroupsForUser } from './admin-list-groups-for-user.ts';
import { createAdminRemoveUserFromGroup } from './admin-remove-user-from-group.ts';
import { createCreateGroup } from './create-group.ts';
import { createDeleteGroup } from './delete-group.ts';
import { createGetGroup } from './get-group.ts';
import { createListGroups } from './list-groups.ts';
import { createListUsersInGroup } from './list-users-in-group.ts';
import { createUpdateGroup } from './update-group.ts';

export const createGroupOperations = (
  directory: Directory,
  users: Users,
  groups: Groups,
  memberships: Memberships,
): Operations => ({
  AdminAddUserToGroup: createAdminAddUserToGroup(directory, users, groups, memberships),
  AdminListGroupsForUser: createAdminListGroupsForUser(directory, users, groups),
  AdminRemoveUserFromGroup: createAdminRemoveUserFromGroup(directory, users, groups, memberships),
  CreateGroup: createCreateGroup(directory, groups),
  DeleteGroup: createDeleteGroup(directory, groups),
  GetGroup: createGetGroup(directory, groups),
  ListGroups: createListGroups(directory, groups),
  ListUsersInGroup: createListUsersInGroup(directory, users, groups, memberships),
  UpdateGroup: createUpdateGroup(directory, groups),
});
