/** What a user's groups are in tokens and in the event of the pre token generation trigger. */
import type { JsonObject } from '../../../ground/service.ts';
import type { StoredGroup } from './groups.ts';

/** `groupConfiguration` of the event (Amazon Cognito developer guide, "Pre token generation Lambda trigger"). */
export interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | null;
}

/**
 * The role of the group with the lowest precedence value, among the groups that have a role. If groups of that value have
 * different roles, there is none. (GroupType in the user pool API, `Precedence`.)
 */
const preferredRoleOf = (groups: readonly StoredGroup[]): string | null => {
  const withRole = groups.filter(({ settings }) => settings.roleArn !== undefined);
  const [first] = withRole;
  const equals = withRole.filter(({ settings }) => settings.precedence === first?.settings.precedence);
  const [role, ...others] = new Set(equals.map(({ settings }) => settings.roleArn));
  return others.length === 0 ? (role ?? null) : null;
};

/** Takes a user's groups, those of the highest precedence first. AWS does not document an order for the lists; here they have it. */
export const groupConfigurationOf = (groups: readonly StoredGroup[]): GroupConfiguration => ({
  groupsToOverride: groups.map(({ name }) => name),
  iamRolesToOverride: [...new Set(groups.flatMap(({ settings }) => settings.roleArn ?? []))],
  preferredRole: preferredRoleOf(groups),
});

/** The claims `cognito:groups`, `cognito:roles` and `cognito:preferred_role`; one that would be empty is left out. */
export const groupClaims = ({
  groupsToOverride,
  iamRolesToOverride,
  preferredRole,
}: GroupConfiguration): JsonObject => ({
  ...(groupsToOverride.length > 0 ? { 'cognito:groups': groupsToOverride } : {}),
  ...(iamRolesToOverride.length > 0 ? { 'cognito:roles': iamRolesToOverride } : {}),
  ...(preferredRole === null ? {} : { 'cognito:preferred_role': preferredRole }),
});
