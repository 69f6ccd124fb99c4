/** ListGroups, in the order of creation; AWS documents none. */
import type { Operation } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import { readInput, userPoolId } from '../../../input.ts';
import { pageOf } from '../../../paging.ts';
import type { Directory } from '../../../users/directory.ts';
import { describeGroup, paged } from './group-input.ts';

const schema = { UserPoolId: userPoolId, ...paged };

export const createListGroups =
  (directory: Directory, groups: Groups): Operation =>
  (input) => {
    const { UserPoolId, Limit: limit, NextToken: token } = readInput(input, schema);
    const found = groups.all(directory.pool(UserPoolId));
    const { items, next } = pageOf(found, ({ name }) => name, { limit, token });
    return { Groups: items.map(describeGroup), NextToken: next };
  };
