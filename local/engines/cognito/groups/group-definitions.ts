/** The groups of a template (AWS::Cognito::UserPoolGroup), and whom it puts into them (AWS::Cognito::UserPoolUserToGroupAttachment). */
import type { JsonObject } from '../../../ground/service.ts';
import type { Template } from '../../../ground/template.ts';

/** What a group may have beside its name. */
export interface GroupSettings {
  readonly description?: string | undefined;
  /** Zero is the highest precedence; a group without one has the lowest. */
  readonly precedence?: number | undefined;
  readonly roleArn?: string | undefined;
}

export interface GroupDefinition {
  readonly name: string;
  readonly settings: GroupSettings;
  /** The names, for signing in or of the pool's own, of users whom the template puts into the group. */
  readonly members: readonly string[];
}

const optionalText = (value: unknown) => (value === undefined ? undefined : String(value));

const settingsOf = ({ Description, Precedence, RoleArn }: JsonObject): GroupSettings => ({
  description: optionalText(Description),
  precedence: Precedence === undefined ? undefined : Number(Precedence),
  roleArn: optionalText(RoleArn),
});

export const groupDefinitionsOf = (template: Template, poolId: string): readonly GroupDefinition[] => {
  const ofPool = (type: string) =>
    template.ofType(type).filter(({ properties }) => properties.UserPoolId === poolId);
  const attachments = ofPool('AWS::Cognito::UserPoolUserToGroupAttachment');
  return ofPool('AWS::Cognito::UserPoolGroup').map(({ names, properties }) => ({
    name: names.ref,
    settings: settingsOf(properties),
    members: attachments
      .filter((attachment) => attachment.properties.GroupName === names.ref)
      .map((attachment) => String(attachment.properties.Username)),
  }));
};
