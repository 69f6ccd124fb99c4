/** DeleteGroup: its users stay in the pool. A group of the template is back after the next start, without its users. */
import type { Operation } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import { readInput } from '../../../input.ts';
import type { Directory } from '../../../users/directory.ts';
import { oneGroup } from './group-input.ts';

export const createDeleteGroup =
  (directory: Directory, groups: Groups): Operation =>
  (input) => {
    const { UserPoolId, GroupName } = readInput(input, oneGroup);
    const pool = directory.pool(UserPoolId);
    groups.delete(pool, GroupName);
    return {};
  };
