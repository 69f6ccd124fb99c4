/** Finds the user pools that a value of a template may name, through references within and between stacks. */
import { CfnElement, type CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { POOL_TYPE } from '../pool/given-pool.ts';
import { constructsBeside, objectOf, propertiesOf } from './synthesized.ts';

const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** Another copy of the CDK may have made it, so its class says nothing. */
const isOutput = (one: IConstruct): one is CfnOutput =>
  CfnElement.isCfnElement(one) && 'exportName' in one && 'value' in one;

/** The element of a stack with this logical id. */
const elementOf = (stack: Stack, logicalId: string): CfnElement | undefined =>
  stack.node
    .findAll()
    .filter((one): one is CfnElement => CfnElement.isCfnElement(one) && Stack.of(one) === stack)
    .find((one) => stack.resolve(one.logicalId) === logicalId);

/** The pools that an output of a stack may name; the output is found by the name of its export or its own. */
const ofOutput = (
  anywhere: IConstruct,
  isMeant: (output: CfnOutput) => boolean,
): ReadonlySet<CfnResource> => {
  const output = constructsBeside(anywhere).find((one): one is CfnOutput => isOutput(one) && isMeant(one));
  return output === undefined ? new Set() : poolsNamed(output.value, Stack.of(output));
};

const ofParameter = (stack: Stack, name: string): ReadonlySet<CfnResource> => {
  const { nestedStackResource, nestedStackParent } = stack;
  if (nestedStackResource === undefined || nestedStackParent === undefined) return new Set();
  const { Parameters } = propertiesOf(nestedStackResource);
  return poolsNamed(objectOf(Parameters)[name], nestedStackParent);
};

/** What `Ref` or, with an attribute, `Fn::GetAtt` names. */
const ofReference = (stack: Stack, logicalId: string, attribute?: string): ReadonlySet<CfnResource> => {
  const element = elementOf(stack, logicalId);
  if (element === undefined || !CfnResource.isCfnResource(element)) return ofParameter(stack, logicalId);
  if (element.cfnResourceType === POOL_TYPE) return new Set([element]);
  const [, output] = /^Outputs\.(.+)$/.exec(attribute ?? '') ?? [];
  if (element.cfnResourceType !== STACK_TYPE || output === undefined) return new Set();
  return ofOutput(
    stack,
    (one) => Stack.of(one).nestedStackResource === element && Stack.of(one).resolve(one.logicalId) === output,
  );
};

const ofSubstitution = (stack: Stack, text: string): ReadonlySet<CfnResource> =>
  union(
    Array.from(text.matchAll(/\$\{([^}!.]+)(?:\.([^}]+))?\}/g), ([, id = '', attribute]) =>
      ofReference(stack, id, attribute),
    ),
  );

const union = (sets: readonly ReadonlySet<CfnResource>[]): ReadonlySet<CfnResource> =>
  new Set(sets.flatMap((set) => [...set]));

/**
 * The pools of the app that a value in a stack's template may name. An expression names what stands anywhere within it, such
 * as the pool in the ARN that an id is cut from. Empty for what is not known before the deployment.
 */
export const poolsNamed = (value: unknown, stack: Stack): ReadonlySet<CfnResource> => {
  const resolved: unknown = stack.resolve(value);
  if (Array.isArray(resolved)) return union(resolved.map((element) => poolsNamed(element, stack)));
  if (typeof resolved !== 'object' || resolved === null) return new Set();
  return union(
    Object.entries(resolved).map(([key, argument]) => {
      if (key === 'Ref') return ofReference(stack, String(argument));
      if (key === 'Fn::GetAtt') {
        const [id = '', attribute] = Array.isArray(argument) ? argument : String(argument).split(/\.(.*)/s);
        return ofReference(stack, id, attribute);
      }
      if (key === 'Fn::ImportValue') {
        const isMeant = (one: CfnOutput) => Stack.of(one).resolve(one.exportName) === argument;
        return ofOutput(stack, isMeant);
      }
      if (key === 'Fn::GetStackOutput') {
        const { StackName, OutputName } = objectOf(argument);
        return ofOutput(stack, (one) => {
          const { stackName } = Stack.of(one);
          return stackName === StackName && Stack.of(one).resolve(one.logicalId) === OutputName;
        });
      }
      if (key === 'Fn::Sub') {
        const [text, variables] = [argument].flat();
        return union([ofSubstitution(stack, String(text)), poolsNamed(variables, stack)]);
      }
      return poolsNamed(argument, stack);
    }),
  );
};

/** The values between which the deployment chooses, wherever they stand in the value. */
const branchesOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap(branchesOf);
  const { 'Fn::If': choice, ...others } = objectOf(value);
  const [, ...branches] = Array.isArray(choice) ? choice : [];
  return [...branches, ...[...branches, ...Object.values(others)].flatMap(branchesOf)];
};

/** Whether the value may name a pool that is not known before the deployment, if only in one of the deployment's choices. */
export const mayNameUnknown = (value: unknown, stack: Stack): boolean => {
  const resolved: unknown = stack.resolve(value);
  return [resolved, ...branchesOf(resolved)].some((branch) => poolsNamed(branch, stack).size === 0);
};
