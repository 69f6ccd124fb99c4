/** CloudFormation's intrinsic functions (Template Reference, "Intrinsic functions"). */
import { CommandError, EXIT } from '../../../shared/command/failure.ts';
import { isObject, type JsonObject } from '../service.ts';

/** What the functions look up in the stack that they stand in. */
export interface Scope {
  reference(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  /** Whether the condition holds. */
  condition(name: string): boolean;
  /** Returns undefined if the mapping has no such value. */
  mapping(map: string, key: string, name: string): unknown;
  /** The keys of a mapping, or those below one of them; none if it is not there. */
  keysOf(map: string, key?: string): readonly string[];
  importValue(exported: string): unknown;
  zones(region: string): readonly string[];
}

/** What `Ref` of `AWS::NoValue` returns: the property that has it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** A template that a deployment would take, and of which a part cannot be read here. */
export const unreadableTemplate = (problem: string): CommandError => new CommandError(problem, EXIT.failed);

type Resolve = (value: unknown) => unknown;
type Intrinsic = (argument: unknown, scope: Scope, resolve: Resolve) => unknown;

const listOf = (argument: unknown, what: string): readonly unknown[] => {
  if (Array.isArray(argument)) return argument;
  throw unreadableTemplate(`The local engines do not know ${what} in this form`);
};

/** `Fn::GetAtt` takes a list, or both parts with a full stop between them. */
const attributePath = (argument: unknown): readonly [string, string] => {
  const [id = '', ...name] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  return [id, name.join('.')];
};

const substitute: Intrinsic = (argument, scope, resolve) => {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const given = resolve(variables) as JsonObject;
  return String(text).replace(/\$\{([^}]+)\}/g, (_, path: string) => {
    // In CloudFormation `${!name}` stands for the text `${name}`.
    if (path.startsWith('!')) return `\${${path.slice(1)}}`;
    if (Object.hasOwn(given, path)) return String(given[path]);
    const [id, name] = attributePath(path);
    return String(name === '' ? scope.reference(id) : scope.attribute(id, name));
  });
};

const select: Intrinsic = (argument, _, resolve) => {
  const [index, list] = listOf(argument, 'Fn::Select').map(resolve);
  const chosen = Array.isArray(list) ? list[Number(index)] : undefined;
  if (chosen === undefined)
    throw unreadableTemplate(`Fn::Select finds nothing in ${JSON.stringify(argument)}`);
  return chosen;
};

/** Which step of the path leads nowhere, where others would, and which parameter it comes from. */
const missingIn = (
  [map, key, name]: readonly [string, string, string],
  argument: unknown,
  scope: Scope,
): string => {
  const keys = scope.keysOf(map);
  if (keys.length === 0) return `the template has no mapping ${map}`;
  const names = scope.keysOf(map, key);
  const [, keyArgument, nameArgument] = Array.isArray(argument) ? argument : [];
  const from = (value: unknown) =>
    isObject(value) && typeof value.Ref === 'string' ? ` (from ${value.Ref})` : '';
  return names.length === 0
    ? `the mapping ${map} has ${keys.join(', ')}, and not "${key}"${from(keyArgument)}`
    : `${key} of the mapping ${map} has ${names.join(', ')}, and not "${name}"${from(nameArgument)}`;
};

const findInMap: Intrinsic = (argument, scope, resolve) => {
  const [map, key, name, otherwise] = listOf(argument, 'Fn::FindInMap').map(resolve);
  const path = [String(map), String(key), String(name)] as const;
  const found = scope.mapping(...path);
  if (found !== undefined) return found;
  if (isObject(otherwise) && 'DefaultValue' in otherwise) return otherwise.DefaultValue;
  throw unreadableTemplate(`Fn::FindInMap finds nothing: ${missingIn(path, argument, scope)}`);
};

const FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.reference(String(argument)),
  'Fn::GetAtt': (argument, scope) => scope.attribute(...attributePath(argument)),
  'Fn::Join': (argument, _, resolve) => {
    const [delimiter, parts] = listOf(argument, 'Fn::Join');
    return listOf(resolve(parts), 'Fn::Join').join(String(delimiter));
  },
  'Fn::Sub': substitute,
  'Fn::Split': (argument, _, resolve) => {
    const [delimiter, text] = listOf(argument, 'Fn::Split');
    return String(resolve(text)).split(String(delimiter));
  },
  'Fn::Select': select,
  'Fn::If': (argument, scope, resolve) => {
    const [condition, yes, no] = listOf(argument, 'Fn::If');
    return resolve(scope.condition(String(condition)) ? yes : no);
  },
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (argument, scope, resolve) => scope.importValue(String(resolve(argument))),
  'Fn::Base64': (argument, _, resolve) => Buffer.from(String(resolve(argument))).toString('base64'),
  'Fn::GetAZs': (argument, scope, resolve) => scope.zones(String(resolve(argument))),
  'Fn::ToJsonString': (argument, _, resolve) => JSON.stringify(resolve(argument)),
  'Fn::Length': (argument, _, resolve) => listOf(resolve(argument), 'Fn::Length').length,
};

/** Returns the name and the argument of an intrinsic function, or undefined if the value is none. */
export const intrinsicOf = (value: JsonObject): readonly [string, unknown] | undefined => {
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  return others.length === 0 && (name === 'Ref' || name.startsWith('Fn::')) ? [name, argument] : undefined;
};

/** Throws an error with the function's name if the template uses an intrinsic function that is not known here. */
export const resolveIntrinsics = (value: unknown, scope: Scope): unknown => {
  const resolve = (inner: unknown) => resolveIntrinsics(inner, scope);
  if (Array.isArray(value)) return value.map(resolve).filter((element) => element !== NO_VALUE);
  if (!isObject(value)) return value;
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === undefined) {
    const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== NO_VALUE));
  }
  const run = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (run === undefined) throw unreadableTemplate(`The local engines do not know ${name}`);
  return run(argument, scope, resolve);
};

/** Evaluates an expression of the section Conditions. Throws if it uses a function that CloudFormation does not have there. */
export const evaluateCondition = (expression: unknown, scope: Scope): boolean => {
  const evaluate = (inner: unknown) => evaluateCondition(inner, scope);
  const [[name, argument] = ['', undefined]] = Object.entries(isObject(expression) ? expression : {});
  if (name === 'Condition') return scope.condition(String(argument));
  const list = listOf(argument, `the condition ${JSON.stringify(expression)}`);
  if (name === 'Fn::And') return list.every(evaluate);
  if (name === 'Fn::Or') return list.some(evaluate);
  if (name === 'Fn::Not') return !evaluate(list[0]);
  if (name !== 'Fn::Equals') throw unreadableTemplate(`The local engines do not know ${name} in a condition`);
  const [left, right] = list.map((side) => JSON.stringify(resolveIntrinsics(side, scope)));
  return left === right;
};
