/** Reads synthesized CloudFormation templates as a deployment does: gives physical names and resolves intrinsic functions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import type { FoundOutputs } from '../../shared/messages/stack/outputs.ts';
import { isObject, type JsonObject } from './service.ts';
import type { PhysicalNames } from './template/physical-names.ts';
import type { Assets, RawStack, RawTemplate } from './template/raw-stack.ts';
import { createResolver, type Resolver } from './template/resolver.ts';

/** For a stack that is in no region and account of its own. */
export const REGION = 'us-east-1';
export const ACCOUNT_ID = '000000000000';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Properties with every intrinsic function resolved. */
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly names: PhysicalNames;
  readonly assets: Assets;
}

export interface Template {
  readonly region: string;
  readonly accountId: string;
  ofType(type: string): readonly Resource[];
  readonly outputs: FoundOutputs;
}

/** Nothing is read from a bucket here, so nobody has to say in which one the code would be. */
const withoutCodeBucket = (type: string, properties: JsonObject): JsonObject => {
  if (type !== 'AWS::Lambda::Function' || !isObject(properties.Code)) return properties;
  const { S3Bucket, ...code } = properties.Code;
  return { ...properties, Code: code };
};

/** Says of a property that cannot be read whose it is. */
const resolveProperties = (
  resolver: Resolver,
  stack: RawStack,
  logicalId: string,
  properties: JsonObject,
): JsonObject => {
  try {
    return resolver.resolve(stack, properties) as JsonObject;
  } catch (error) {
    if (!(error instanceof CommandError) || error.exit === EXIT.usage) throw error;
    throw new CommandError(`${logicalId} of ${stack.name}: ${error.message}`, error.exit);
  }
};

/** The resource of the stack that has this id. Throws `CommandError` if it cannot be read. */
export const resourceOf = (resolver: Resolver, stack: RawStack, logicalId: string): Resource => {
  const { Type = '', Properties = {}, Metadata = {} } = stack.template.Resources[logicalId] ?? {};
  return {
    logicalId,
    type: Type,
    properties: resolveProperties(resolver, stack, logicalId, withoutCodeBucket(Type, Properties)),
    metadata: Metadata,
    names: resolver.namesOf(stack, logicalId),
    assets: stack.assets,
  };
};

const typedResources = (
  resolver: Resolver,
  stack: RawStack,
  type: string,
  isRun: (logicalId: string) => boolean,
): readonly Resource[] =>
  Object.entries(stack.template.Resources)
    .filter(([id, { Type, Condition }]) => Type === type && isRun(id) && resolver.holds(stack, Condition))
    .map(([id]) => resourceOf(resolver, stack, id));

/** The outputs that a deployment of the stack would have. */
const outputsOf = (resolver: Resolver, stack: RawStack): FoundOutputs =>
  Object.fromEntries(
    Object.entries(stack.template.Outputs ?? {})
      .filter(([, { Condition }]) => resolver.holds(stack, Condition))
      .map(([name, { Value }]) => [name, String(resolver.resolve(stack, Value))]),
  );

export interface TemplateParts {
  readonly stacks: readonly RawStack[];
  readonly resolver: Resolver;
  /** Whether an engine gets the resource. */
  readonly isRun: (stack: RawStack, logicalId: string) => boolean;
  readonly outputs: FoundOutputs;
}

/** Makes one template of what is run of several stacks, which are in one region. */
export const templateOf = ({ stacks, resolver, isRun, outputs }: TemplateParts): Template => ({
  region: stacks[0]?.region ?? REGION,
  accountId: stacks[0]?.accountId ?? ACCOUNT_ID,
  ofType: (type) =>
    stacks.flatMap((stack) => typedResources(resolver, stack, type, (id) => isRun(stack, id))),
  outputs,
});

/** A stack of this repository in the folder that `cdk synth` wrote. Its resources have short names, without the stack's. */
export const readOwnStack = (folder: string, name: string): RawStack => ({
  id: name,
  name,
  region: REGION,
  accountId: ACCOUNT_ID,
  template: JSON.parse(readFileSync(join(folder, `${name}.template.json`), 'utf8')) as RawTemplate,
  assets: { folder, byKey: {}, unpacked: join(folder, 'unpacked') },
  parameters: {},
  namePrefix: '',
});

/** Loads `<stackName>.template.json` from a folder that `cdk synth` wrote. `endpoint` is the URL of the local services. */
export const loadTemplate = (folder: string, stackName: string, endpoint: string): Template => {
  const stack = readOwnStack(folder, stackName);
  const resolver = createResolver([stack], endpoint);
  return templateOf({ stacks: [stack], resolver, isRun: () => true, outputs: outputsOf(resolver, stack) });
};
