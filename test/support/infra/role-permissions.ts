/** What a role of a synthesized app may do, with every name as the local system has it. */
import type { RawResource, RawStack } from '../../../local/ground/template/raw-stack.ts';
import { createResolver } from '../../../local/ground/template/resolver.ts';

/** One action on one resource. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  /** The values by condition key, by operator. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Permission['conditions'];
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  readonly RoleName?: string;
  readonly Roles?: readonly string[];
}

const permissionsIn = ({ PolicyDocument }: Policy): readonly Permission[] =>
  PolicyDocument.Statement.flatMap(({ Effect, Action, Resource, Condition = {} }) => {
    if (Effect !== 'Allow') throw new Error(`The role has a statement that is no Allow: ${Effect}`);
    return [Action]
      .flat()
      .flatMap((action) =>
        [Resource].flat().map((resource) => ({ action, resource, conditions: Condition })),
      );
  });

/** Throws for a role with statements that are not read here: managed policies, and those that deny. `endpoint` is the system's URL. */
export const permissionsOf = (
  stacks: readonly RawStack[],
  endpoint: string,
  roleArn: string,
): readonly Permission[] => {
  const resolver = createResolver(stacks, endpoint);
  return stacks.flatMap((stack) => {
    const resolved = ({ Properties = {} }: RawResource) => resolver.resolve(stack, Properties);
    const role = Object.entries(stack.template.Resources).find(
      ([id, { Type }]) => Type === 'AWS::IAM::Role' && resolver.namesOf(stack, id).attributes.Arn === roleArn,
    );
    if (role === undefined) return [];
    const { Policies = [], ManagedPolicyArns = [] } = resolved(role[1]) as {
      readonly Policies?: readonly Policy[];
      readonly ManagedPolicyArns?: readonly string[];
    };
    if (ManagedPolicyArns.length > 0) throw new Error(`${roleArn} has managed policies`);
    const { ref } = resolver.namesOf(stack, role[0]);
    const attached = Object.values(stack.template.Resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::RolePolicy')
      .map((resource) => resolved(resource) as Policy)
      .filter(({ Roles = [], RoleName }) => RoleName === ref || Roles.includes(ref));
    return [...Policies, ...attached].flatMap(permissionsIn);
  });
};
