/**
 * GetGroup: a group by its name, whether the template or the API has made it.
 */
import type { Operation } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import { readInput } from '../../../input.ts';
import type { Directory } from '../../../users/directory.ts';
import { describeGroup, oneGroup } from './group-input.ts';

export const createGetGroup =
  (directory: Directory, groups: Groups): Operation =>
  (input) => {
    const { UserPoolId, GroupName } = readInput(input, oneGroup);
    const group = groups.get(directory.pool(UserPoolId), GroupName);
    return { Group: describeGroup(group) };
  };
