/** AdminListGroupsForUser, those of the highest precedence first; AWS documents no order. */
import type { Operation } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import { readInput, username, userPoolId } from '../../../input.ts';
import { pageOf } from '../../../paging.ts';
import type { Directory } from '../../../users/directory.ts';
import type { Users } from '../../../users/users.ts';
import { describeGroup, paged } from './group-input.ts';

const schema = { UserPoolId: userPoolId, Username: username, ...paged };

export const createAdminListGroupsForUser =
  (directory: Directory, users: Users, groups: Groups): Operation =>
  (input) => {
    const { UserPoolId, Username, Limit: limit, NextToken: token } = readInput(input, schema);
    const pool = directory.pool(UserPoolId);
    const found = groups.ofUser(pool, users.get(pool, Username));
    const { items, next } = pageOf(found, ({ name }) => name, { limit, token });
    return { Groups: items.map(describeGroup), NextToken: next };
  };
