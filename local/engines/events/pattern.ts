/**
 * Matches events with patterns as AWS's engine does (github.com/aws/event-ruler). What does not work here is an error, so that
 * no rule silently matches differently.
 */
import { isObject, type JsonObject } from '../../ground/service.ts';
import { type EventField, fieldsOf, join, type Membership } from './event-fields.ts';
import { FILTERS, type MatchesValue } from './filters.ts';

export type Matches = (event: JsonObject) => boolean;

/** What a pattern says of the values at one path. */
interface Condition {
  readonly path: string;
  readonly values: readonly MatchesValue[];
  /** Whether no value at all matches too. */
  readonly absent: boolean;
}

/** Conditions that have to hold together. A pattern is a list of them, one of which has to hold; `$or` makes more than one. */
type Conjunction = readonly Condition[];

const ABSENT = Symbol('absent');

const compileFilter = (filter: JsonObject, path: string): MatchesValue | typeof ABSENT => {
  const [[name, argument] = ['', undefined], ...others] = Object.entries(filter);
  if (others.length === 0) {
    if (name === 'exists' && argument === false) return ABSENT;
    if (name === 'exists' && argument === true) return () => true;
    const matches = Object.hasOwn(FILTERS, name) ? FILTERS[name]?.(argument) : undefined;
    if (matches !== undefined) return matches;
  }
  throw new Error(`the filter ${JSON.stringify(filter)} of ${path} does not work here`);
};

const compileAlternative = (alternative: unknown, path: string): MatchesValue | typeof ABSENT => {
  if (isObject(alternative)) return compileFilter(alternative, path);
  if (Array.isArray(alternative)) throw new Error(`${path} has an array within an array`);
  return (value) => value === alternative;
};

const compileCondition = (pattern: readonly unknown[], path: string): Condition => {
  if (pattern.length === 0) throw new Error(`${path} is an empty array`);
  const alternatives = pattern.map((alternative) => compileAlternative(alternative, path));
  return {
    path,
    values: alternatives.filter((alternative) => alternative !== ABSENT),
    absent: alternatives.includes(ABSENT),
  };
};

/** Of a path that is named twice, within `$or` and beside it, the later condition alone counts, as strange as that is. */
const and = (one: Conjunction, other: Conjunction): Conjunction => [
  ...new Map([...one, ...other].map((condition) => [condition.path, condition])).values(),
];

/** All ways to take one of each. */
const combine = (parts: readonly (readonly Conjunction[])[]): readonly Conjunction[] =>
  parts.reduce<readonly Conjunction[]>(
    (all, part) => all.flatMap((some) => part.map((one) => and(some, one))),
    [[]],
  );

const compileOr = (alternatives: unknown, path: string): readonly Conjunction[] => {
  const isOne = (one: unknown) =>
    isObject(one) && !Object.keys(one).some((name) => name === 'exists' || Object.hasOwn(FILTERS, name));
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isOne)) {
    throw new Error(`$or in ${path || 'EventPattern'} must be an array of two or more objects with fields`);
  }
  return alternatives.flatMap((one) => compileObject(one, path));
};

const compileField = (name: string, pattern: unknown, above: string): readonly Conjunction[] => {
  if (name === '$or') return compileOr(pattern, above);
  const path = above === '' ? name : `${above}.${name}`;
  if (name.startsWith('$')) throw new Error(`${path} does not work here`);
  if (isObject(pattern)) return compileObject(pattern, path);
  if (!Array.isArray(pattern)) throw new Error(`${path} must be an object or an array`);
  return [[compileCondition(pattern, path)]];
};

const compileObject = (pattern: JsonObject, path: string): readonly Conjunction[] => {
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw new Error(`${path || 'EventPattern'} is an empty object`);
  return combine(fields.map(([name, inner]) => compileField(name, inner, path)));
};

/**
 * Goes through the conditions by their paths. All values have to be in the same elements of the arrays that they share. What is
 * absent must be so from the elements chosen until then, so the order counts, on AWS too.
 */
const holds = (
  [condition, ...others]: Conjunction,
  fields: readonly EventField[],
  chosen: Membership = new Map(),
): boolean => {
  if (condition === undefined) return true;
  const near = fields.flatMap(({ path, value, membership }) => {
    const both = path === condition.path ? join(chosen, membership) : undefined;
    return both === undefined ? [] : [{ value, both }];
  });
  if (near.length === 0) return condition.absent && holds(others, fields, chosen);
  return near.some(
    ({ value, both }) => condition.values.some((matches) => matches(value)) && holds(others, fields, both),
  );
};

const byPath = (one: Condition, other: Condition): number => (one.path < other.path ? -1 : 1);

/** Throws an error that says which part of the pattern does not work here. */
export const compilePattern = (pattern: unknown): Matches => {
  if (!isObject(pattern)) throw new Error('EventPattern must be an object');
  const conjunctions = compileObject(pattern, '').map((conjunction) => conjunction.toSorted(byPath));
  return (event) => {
    const fields = fieldsOf(event);
    return conjunctions.some((conjunction) => holds(conjunction, fields));
  };
};
