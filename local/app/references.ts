/** Finds which resources a value of a template names, in the same stack or in another of the app. */
import { isObject } from '../ground/service.ts';
import { intrinsicOf } from '../ground/template/intrinsics.ts';
import type { RawResource, RawStack } from '../ground/template/raw-stack.ts';
import type { Resolver } from '../ground/template/resolver.ts';

/** A resource of one of the stacks. */
export interface Node {
  readonly stack: RawStack;
  readonly logicalId: string;
  readonly resource: RawResource;
}

export const keyOf = ({ stack, logicalId }: Pick<Node, 'stack' | 'logicalId'>): string =>
  `${stack.id} ${logicalId}`;

/** Returns each resource that the value names, once. */
export type ReferencesIn = (stack: RawStack, value: unknown) => readonly Node[];

/** The names in the text of an `Fn::Sub`, without its own variables. */
const placeholders = (argument: unknown): readonly string[] => {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name);
  return names.filter((name) => !Object.hasOwn(isObject(variables) ? variables : {}, name));
};

export const createReferences = (stacks: readonly RawStack[], resolver: Resolver): ReferencesIn => {
  const exported = (name: unknown): readonly Node[] => {
    for (const stack of stacks) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (Export !== undefined && resolver.resolve(stack, Export.Name) === name) return find(stack, Value);
      }
    }
    return [];
  };
  /** A parameter of a nested stack stands for what its parent gives it. */
  const given = ({ parent }: RawStack, name: string): readonly Node[] => {
    const stack = stacks.find(({ id }) => id === parent?.id);
    const { Parameters } = stack?.template.Resources[parent?.logicalId ?? '']?.Properties ?? {};
    return stack === undefined || !isObject(Parameters) ? [] : find(stack, Parameters[name]);
  };
  /** `path` is a logical id, or one with an attribute behind a full stop. */
  const named = (stack: RawStack, path: string): readonly Node[] => {
    const [logicalId = '', kind, output = ''] = path.split('.');
    const resource = stack.template.Resources[logicalId];
    if (resource === undefined) return given(stack, logicalId);
    if (kind !== 'Outputs') return [{ stack, logicalId, resource }];
    const child = stacks.find(({ parent }) => parent?.id === stack.id && parent.logicalId === logicalId);
    return child === undefined ? [] : find(child, child.template.Outputs?.[output]?.Value);
  };
  const find: ReferencesIn = (stack, value) => {
    if (Array.isArray(value)) return value.flatMap((element) => find(stack, element));
    if (!isObject(value)) return [];
    const [name, argument] = intrinsicOf(value) ?? [];
    const inner = Object.values(value).flatMap((one) => find(stack, one));
    if (name === 'Ref') return named(stack, String(argument));
    if (name === 'Fn::GetAtt')
      return named(stack, Array.isArray(argument) ? argument.join('.') : String(argument));
    if (name === 'Fn::Sub')
      return [...placeholders(argument).flatMap((path) => named(stack, path)), ...inner];
    return name === 'Fn::ImportValue' ? exported(resolver.resolve(stack, argument)) : inner;
  };
  return (stack, value) => [...new Map(find(stack, value).map((node) => [keyOf(node), node])).values()];
};
