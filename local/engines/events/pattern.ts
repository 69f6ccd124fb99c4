/**
 * Matches events with patterns: exact values and the content filters `prefix`, `exists` and `anything-but`. Any other
 * filter is an error, so that no rule silently matches differently here than on AWS.
 */
import { isObject, type JsonObject } from '../../ground/service.ts';

export type Matches = (event: JsonObject) => boolean;

/** Says whether a field matches. `values` is empty if the field is missing, and has all elements if it is an array. */
type Matcher = (values: readonly unknown[]) => boolean;

/** Returns no values for an object, because patterns match only leaves. */
const valuesOf = (field: unknown): readonly unknown[] => {
  if (Array.isArray(field)) return field.flatMap(valuesOf);
  return field === undefined || isObject(field) ? [] : [field];
};

/** Returns the objects to match with a nested pattern. For a missing one an empty object, so that `exists: false` matches. */
const objectsOf = (field: unknown): readonly JsonObject[] => {
  if (Array.isArray(field)) return field.flatMap(objectsOf);
  return [isObject(field) ? field : {}];
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNumber = (value: unknown) => isText(value) || typeof value === 'number';

const FILTERS: Readonly<Record<string, (argument: unknown) => Matcher | undefined>> = {
  prefix: (prefix) =>
    isText(prefix)
      ? (values) => values.some((value) => isText(value) && value.startsWith(prefix))
      : undefined,
  exists: (wanted) => (typeof wanted === 'boolean' ? (values) => values.length > 0 === wanted : undefined),
  'anything-but': (argument) => {
    const refused: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    if (refused.length === 0 || !refused.every(isTextOrNumber)) return undefined;
    return (values) => values.some((value) => refused.every((one) => one !== value));
  },
};

const compileFilter = (filter: JsonObject, path: string): Matcher => {
  const [[name, argument] = ['', undefined], ...others] = Object.entries(filter);
  const matcher = Object.hasOwn(FILTERS, name) ? FILTERS[name]?.(argument) : undefined;
  if (matcher !== undefined && others.length === 0) return matcher;
  throw new Error(`the filter ${JSON.stringify(filter)} of ${path} does not work here`);
};

const compileAlternative = (alternative: unknown, path: string): Matcher => {
  if (isObject(alternative)) return compileFilter(alternative, path);
  if (Array.isArray(alternative)) throw new Error(`${path} has an array within an array`);
  return (values) => values.includes(alternative);
};

const compileField = (pattern: unknown, path: string): ((field: unknown) => boolean) => {
  if (isObject(pattern)) {
    const matches = compileObject(pattern, path);
    return (field) => objectsOf(field).some(matches);
  }
  if (!Array.isArray(pattern)) throw new Error(`${path} must be an object or an array`);
  if (pattern.length === 0) throw new Error(`${path} is an empty array`);
  const matchers = pattern.map((alternative) => compileAlternative(alternative, path));
  return (field) => {
    const values = valuesOf(field);
    return matchers.some((matcher) => matcher(values));
  };
};

const compileObject = (pattern: JsonObject, path: string): Matches => {
  const fields = Object.entries(pattern).map(([name, inner]) => {
    if (name.startsWith('$')) throw new Error(`${name} in ${path} does not work here`);
    return [name, compileField(inner, `${path}.${name}`)] as const;
  });
  if (fields.length === 0) throw new Error(`${path} is an empty object`);
  return (event) =>
    fields.every(([name, matches]) => matches(Object.hasOwn(event, name) ? event[name] : undefined));
};

/** Throws an error that says which part of the pattern does not work here. */
export const compilePattern = (pattern: unknown): Matches => {
  if (isObject(pattern)) return compileObject(pattern, 'EventPattern');
  throw new Error('EventPattern must be an object');
};
