/** Resolves the references of an app's stacks: within a stack, and by exports from one stack to another. */
import { CommandError, EXIT } from '../../../shared/command/failure.ts';
import { isObject } from '../service.ts';
import {
  evaluateCondition,
  NO_VALUE,
  resolveIntrinsics,
  type Scope,
  unreadableTemplate,
} from './intrinsics.ts';
import { isListType, listedValues } from './parameters.ts';
import { likelyAttribute, type PhysicalNames, partitionOf, physicalNames } from './physical-names.ts';
import type { RawStack } from './raw-stack.ts';

export interface Resolver {
  resolve(stack: RawStack, value: unknown): unknown;
  namesOf(stack: RawStack, logicalId: string): PhysicalNames;
  /** Whether a deployment would make a resource or output that has this condition. */
  holds(stack: RawStack, condition: string | undefined): boolean;
}

const remembered = <T>(make: (name: string) => T): ((name: string) => T) => {
  const made = new Map<string, T>();
  return (name) => {
    if (!made.has(name)) made.set(name, make(name));
    return made.get(name) as T;
  };
};

const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/** Two resources of a type must not have the same name, so such ids keep their hashes. */
const shortIdIn = ({ template: { Resources } }: RawStack): ((logicalId: string) => string) => {
  const typed = (id: string) => `${Resources[id]?.Type} ${withoutHash(id)}`;
  const counts = new Map<string, number>();
  for (const id of Object.keys(Resources)) counts.set(typed(id), (counts.get(typed(id)) ?? 0) + 1);
  return (logicalId) => ((counts.get(typed(logicalId)) ?? 0) > 1 ? logicalId : withoutHash(logicalId));
};

const pseudoParameters = ({ name, region, accountId }: RawStack): Readonly<Record<string, unknown>> => ({
  'AWS::Region': region,
  'AWS::AccountId': accountId,
  'AWS::Partition': partitionOf(region),
  'AWS::URLSuffix': region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com',
  'AWS::StackName': name,
  'AWS::StackId': `arn:${partitionOf(region)}:cloudformation:${region}:${accountId}:stack/${name}/local`,
  'AWS::NotificationARNs': [],
  'AWS::NoValue': NO_VALUE,
});

/** Throws `CommandError` if the parameter has no value: what it is for would otherwise be guessed. */
const parameterOf = ({ name: stack, template, parameters }: RawStack, name: string): unknown => {
  const { Type = 'String', Default } = template.Parameters?.[name] ?? {};
  const value = parameters[name] ?? Default;
  if (value === undefined) {
    throw new CommandError(
      `The stack ${stack} has the parameter ${name}, which has no default. Give it: --parameter ${name}=<value>`,
      EXIT.usage,
    );
  }
  return isListType(Type) ? listedValues(String(value)) : String(value);
};

const isParameter = ({ template }: RawStack, name: string): boolean =>
  Object.hasOwn(template.Parameters ?? {}, name);

interface StackParts {
  readonly scope: Scope;
  readonly namesOf: (logicalId: string) => PhysicalNames;
}

/** What a stack gets from others. */
interface Others extends Pick<Scope, 'importValue'> {
  /** The value of a nested stack's parameter; undefined if its parent gives it none. */
  parameter(name: string): unknown;
  /** An output of a stack that is nested in this one. */
  nestedOutput(logicalId: string, name: string): unknown;
}

/** The attribute of a nested stack that is its output has this before the output's name. */
const OUTPUT = 'Outputs.';

const openStack = (stack: RawStack, endpoint: string, others: Others): StackParts => {
  const { Resources, Conditions = {}, Mappings = {} } = stack.template;
  const pseudo = pseudoParameters(stack);
  const shortIdOf = shortIdIn(stack);
  const namesOf = remembered((logicalId) => {
    const { Type = '', Properties = {} } = Resources[logicalId] ?? {};
    const given = (property: string) => {
      const value = resolveIntrinsics(Properties[property], scope);
      return typeof value === 'string' ? value : undefined;
    };
    const shortId = shortIdOf(logicalId);
    if (!/^AWS::Lambda::(?:Version|Alias)$/.test(Type)) {
      return physicalNames({ stack, logicalId, type: Type, shortId, given, endpoint });
    }
    const name = given('FunctionName') ?? '';
    const arn = name.startsWith('arn:')
      ? name
      : `arn:${pseudo['AWS::Partition']}:lambda:${stack.region}:${stack.accountId}:function:${name}`;
    const version = given('Name') ?? '1';
    return { ref: `${arn}:${version}`, attributes: { FunctionArn: `${arn}:${version}`, Version: version } };
  });
  const known = (logicalId: string): PhysicalNames => {
    if (Object.hasOwn(Resources, logicalId)) return namesOf(logicalId);
    throw unreadableTemplate(
      `The template of ${stack.name} refers to ${logicalId}, which it does not define`,
    );
  };
  const condition = remembered((name) => {
    if (!Object.hasOwn(Conditions, name)) {
      throw unreadableTemplate(`The template of ${stack.name} does not define the condition ${name}`);
    }
    return evaluateCondition(Conditions[name], scope);
  });
  const scope: Scope = {
    reference: (name) => {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      return isParameter(stack, name)
        ? (others.parameter(name) ?? parameterOf(stack, name))
        : known(name).ref;
    },
    attribute: (logicalId, name) => {
      const names = known(logicalId);
      if (name.startsWith(OUTPUT)) return others.nestedOutput(logicalId, name.slice(OUTPUT.length));
      return names.attributes[name] ?? likelyAttribute(names, name);
    },
    condition,
    mapping: (map, key, name) => Mappings[map]?.[key]?.[name],
    keysOf: (map, key) => Object.keys((key === undefined ? Mappings[map] : Mappings[map]?.[key]) ?? {}),
    importValue: others.importValue,
    zones: (region) => ['a', 'b', 'c'].map((zone) => `${region === '' ? stack.region : region}${zone}`),
  };
  return { scope, namesOf };
};

/** `endpoint` is the URL of the local services. */
export const createResolver = (stacks: readonly RawStack[], endpoint: string): Resolver => {
  const importValue = remembered((exported): unknown => {
    for (const stack of stacks) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (Export !== undefined && resolver.resolve(stack, Export.Name) === exported)
          return resolver.resolve(stack, Value);
      }
    }
    throw unreadableTemplate(`No stack of the app exports ${exported}`);
  });
  const othersOf = (stack: RawStack): Others => ({
    importValue,
    parameter: (name) => {
      const parent = stacks.find(({ id }) => id === stack.parent?.id);
      const { Parameters } = parent?.template.Resources[stack.parent?.logicalId ?? '']?.Properties ?? {};
      return parent !== undefined && isObject(Parameters) && Object.hasOwn(Parameters, name)
        ? resolver.resolve(parent, Parameters[name])
        : undefined;
    },
    nestedOutput: (logicalId, name) => {
      const isChild = ({ parent }: RawStack) => parent?.id === stack.id && parent.logicalId === logicalId;
      const child = stacks.find(isChild);
      const output = child?.template.Outputs?.[name];
      return child === undefined || output === undefined ? name : resolver.resolve(child, output.Value);
    },
  });
  const parts = new Map(stacks.map((stack) => [stack.id, openStack(stack, endpoint, othersOf(stack))]));
  const partsOf = ({ id }: RawStack): StackParts => {
    const found = parts.get(id);
    if (found === undefined) throw new Error(`There is no stack ${id}`);
    return found;
  };
  const resolver: Resolver = {
    resolve: (stack, value) => resolveIntrinsics(value, partsOf(stack).scope),
    namesOf: (stack, logicalId) => partsOf(stack).namesOf(logicalId),
    holds: (stack, name) => name === undefined || partsOf(stack).scope.condition(name),
  };
  return resolver;
};
