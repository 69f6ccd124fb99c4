/** The members of requests about groups, and the form in which the API shows a group. */
import type { JsonObject } from '../../../../../ground/service.ts';
import type { GroupSettings } from '../../../groups/group-definitions.ts';
import type { StoredGroup } from '../../../groups/groups.ts';
import { integer, required, text, username, userPoolId } from '../../../input.ts';
import { PAGE_SIZE } from '../../../paging.ts';

const ARN =
  /^arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?$/;

export const groupName = required(text({ min: 1, max: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u }));

export const oneGroup = { UserPoolId: userPoolId, GroupName: groupName };

export const userAndGroup = { ...oneGroup, Username: username };

export const groupWithSettings = {
  ...oneGroup,
  Description: text({ max: 2048 }),
  RoleArn: text({ min: 20, max: 2048, pattern: ARN }),
  Precedence: integer({ min: 0, max: 2_147_483_647 }),
};

export const paged = {
  Limit: integer({ min: 0, max: PAGE_SIZE }),
  NextToken: text({ min: 1, max: 131_072 }),
};

export const readGroupSettings = ({
  Description,
  RoleArn,
  Precedence,
}: {
  readonly Description: string | undefined;
  readonly RoleArn: string | undefined;
  readonly Precedence: number | undefined;
}): GroupSettings => ({ description: Description, roleArn: RoleArn, precedence: Precedence });

/** Returns the group as the API shows it (GroupType), with times in epoch seconds. */
export const describeGroup = ({
  poolId,
  name,
  settings,
  createdAt,
  modifiedAt,
}: StoredGroup): JsonObject => ({
  GroupName: name,
  UserPoolId: poolId,
  Description: settings.description,
  RoleArn: settings.roleArn,
  Precedence: settings.precedence,
  CreationDate: createdAt / 1000,
  LastModifiedDate: modifiedAt / 1000,
});
