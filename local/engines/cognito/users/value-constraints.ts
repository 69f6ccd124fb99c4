/**
 * What a pool's schema asks of values: `StringAttributeConstraints` and `NumberAttributeConstraints` of AWS::Cognito::UserPool.
 * Without them CloudFormation documents no limits, so there are none here.
 */
import type { JsonObject } from '../../../ground/service.ts';
import { record } from '../properties.ts';

/** Says what is wrong with a value, or undefined. */
export type ValueConstraint = (value: string) => string | undefined;

/** CloudFormation has the limits as texts. */
const limit = (value: unknown, without: number): number => (value === undefined ? without : Number(value));

/** Returns the words about a text that is too short or too long, in characters. Those for too short ones are AWS's. */
export const lengthProblem = (value: string, min: number, max: number): string | undefined => {
  const length = [...value].length;
  if (length < min) return `String must be no shorter than ${min} characters`;
  return length > max ? `String must be no longer than ${max} characters` : undefined;
};

/** AWS documents neither its words for numbers nor which forms of a number it takes; both are ours. */
const numberProblem = (value: string, min: number, max: number): string | undefined => {
  if (!/^-?\d+(?:\.\d+)?$/.test(value)) return 'Value must be a number';
  if (Number(value) < min) return `Number must be no less than ${min}`;
  return Number(value) > max ? `Number must be no greater than ${max}` : undefined;
};

const constraintOf = (attribute: JsonObject): ValueConstraint => {
  const { MinLength, MaxLength } = record(attribute.StringAttributeConstraints);
  const { MinValue, MaxValue } = record(attribute.NumberAttributeConstraints);
  switch (attribute.AttributeDataType) {
    case 'Number':
      return (value) => numberProblem(value, limit(MinValue, -Infinity), limit(MaxValue, Infinity));
    case 'Boolean':
    case 'DateTime':
      return () => undefined;
    default:
      return (value) => lengthProblem(value, limit(MinLength, 0), limit(MaxLength, Infinity));
  }
};

/** By the name of a standard attribute or of one of the pool's own: the schema has both without `custom:`. */
export const valueConstraints = (schema: readonly JsonObject[]): ReadonlyMap<string, ValueConstraint> =>
  new Map(
    schema.flatMap((attribute) => {
      const constraint = constraintOf(attribute);
      const name = String(attribute.Name);
      return [[name, constraint] as const, [`custom:${name}`, constraint] as const];
    }),
  );
