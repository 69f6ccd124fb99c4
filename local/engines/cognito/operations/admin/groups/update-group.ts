/**
 * UpdateGroup: changes what it is given, and keeps the rest. A group of the template is again as the template has it after
 * the next start of the local system.
 */
import type { Operation } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import { readInput } from '../../../input.ts';
import type { Directory } from '../../../users/directory.ts';
import { describeGroup, groupWithSettings, readGroupSettings } from './group-input.ts';

export const createUpdateGroup =
  (directory: Directory, groups: Groups): Operation =>
  (input) => {
    const { UserPoolId, GroupName, ...settings } = readInput(input, groupWithSettings);
    const group = groups.update(directory.pool(UserPoolId), GroupName, readGroupSettings(settings));
    return { Group: describeGroup(group) };
  };
