/**
 * CreateGroup. A group of the template is there from the start, so its name is taken. AWS documents the name of the error for
 * that, and not its text.
 */
import type { Operation } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import { readInput } from '../../../input.ts';
import type { Directory } from '../../../users/directory.ts';
import { describeGroup, groupWithSettings, readGroupSettings } from './group-input.ts';

export const createCreateGroup =
  (directory: Directory, groups: Groups): Operation =>
  (input) => {
    const { UserPoolId, GroupName, ...settings } = readInput(input, groupWithSettings);
    const group = groups.create(directory.pool(UserPoolId), GroupName, readGroupSettings(settings));
    return { Group: describeGroup(group) };
  };
