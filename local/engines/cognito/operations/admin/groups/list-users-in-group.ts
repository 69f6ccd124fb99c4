/** ListUsersInGroup, in the order in which they came into it; AWS documents none. */
import type { Operation } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import type { Memberships } from '../../../groups/memberships.ts';
import { readInput } from '../../../input.ts';
import { pageOf } from '../../../paging.ts';
import { describeUser } from '../../../users/attributes.ts';
import type { Directory } from '../../../users/directory.ts';
import type { Users } from '../../../users/users.ts';
import { oneGroup, paged } from './group-input.ts';

const schema = { ...oneGroup, ...paged };

export const createListUsersInGroup =
  (directory: Directory, users: Users, groups: Groups, memberships: Memberships): Operation =>
  (input) => {
    const { UserPoolId, GroupName, Limit: limit, NextToken: token } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    const { name } = groups.get(pool, GroupName);
    const usernames = memberships.usersIn(pool, name);
    const { items, next } = pageOf(usernames, (username) => username, { limit, token });
    const found = items.map((username) => users.get(pool, username));
    return { Users: found.map((user) => describeUser(user, 'Attributes')), NextToken: next };
  };
