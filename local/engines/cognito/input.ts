/** Reads request bodies by a schema, with the error messages of AWS. The messages never repeat a value. */
import { AwsError, type JsonObject } from '../../ground/service.ts';
import { invalidParameter } from './errors.ts';

/** Reads one member and adds what AWS would refuse to `problems`. If there are any, `readInput` throws. */
export type Field<T> = (value: unknown, at: string, problems: string[]) => T;

type Schema = Readonly<Record<string, Field<unknown>>>;
export type Input<S extends Schema> = {
  readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never;
};
export type TextMap = Readonly<Record<string, string>>;

const violated = (at: string, rule: string) =>
  `Value at '${at}' failed to satisfy constraint: Member must ${rule}`;

const unreadable = (at: string) =>
  new AwsError('SerializationException', `The value at '${at}' is not of the expected type.`);

/** Makes a member obligatory. */
export const required =
  <T>(field: Field<T | undefined>): Field<T> =>
  (value, at, problems) => {
    if (value === undefined || value === null) {
      problems.push(`Value null at '${at}' failed to satisfy constraint: Member must not be null`);
    }
    // An undefined value is never used: because of the new problem readInput throws.
    return field(value, at, problems) as T;
  };

interface TextRules {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

export const text =
  ({ min = 0, max = 131_072, pattern, values }: TextRules = {}): Field<string | undefined> =>
  (value, at, problems) => {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw unreadable(at);
    if (value.length < min) problems.push(violated(at, `have length greater than or equal to ${min}`));
    if (value.length > max) problems.push(violated(at, `have length less than or equal to ${max}`));
    if (pattern !== undefined && !pattern.test(value)) {
      problems.push(violated(at, `satisfy regular expression pattern: ${pattern.source}`));
    }
    if (values !== undefined && !values.includes(value)) {
      problems.push(violated(at, `satisfy enum value set: [${values.join(', ')}]`));
    }
    return value;
  };

export const integer =
  ({ min, max }: { readonly min: number; readonly max: number }): Field<number | undefined> =>
  (value, at, problems) => {
    if (value === undefined || value === null) return undefined;
    if (!Number.isInteger(value)) throw unreadable(at);
    if (Number(value) < min) problems.push(violated(at, `have value greater than or equal to ${min}`));
    if (Number(value) > max) problems.push(violated(at, `have value less than or equal to ${max}`));
    return Number(value);
  };

export const flag: Field<boolean> = (value, at) => {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw unreadable(at);
  return value;
};

/** A list; a missing one reads as empty, unless it is `required`. */
export const listOf =
  <T>(item: Field<T>): Field<readonly T[]> =>
  (value, at, problems) => {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw unreadable(at);
    return value.map((entry, index) => item(entry, `${at}.${index + 1}.member`, problems));
  };

/** A map of strings; a missing one reads as empty. Null values are left out, as SDKs do. */
export const textMap: Field<TextMap> = (value, at, problems) => {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw unreadable(at);
  const read = text();
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => {
      const content = read(entry, at, problems);
      return content === undefined ? [] : [[key, content]];
    }),
  );
};

/** `{ Name, Value }` pairs. */
export const attributePair: Field<{ readonly Name: string; readonly Value: string }> = (
  value,
  at,
  problems,
) => {
  if (typeof value !== 'object' || value === null) throw unreadable(at);
  const { Name, Value } = value as JsonObject;
  return {
    Name: required(text({ min: 1, max: 32 }))(Name, `${at}.name`, problems),
    Value: text({ max: 2048 })(Value, `${at}.value`, problems) ?? '',
  };
};

export const clientId = required(text({ min: 1, max: 128, pattern: /^[\w+]+$/ }));
export const userPoolId = required(text({ min: 1, max: 55, pattern: /^[\w-]+_[0-9a-zA-Z]+$/ }));
export const username = required(text({ min: 1, max: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u }));
export const password = text({ max: 256, pattern: /^[\S]+.*[\S]+$/ });

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Throws InvalidParameterException with every problem, if there is one. */
export const refuseProblems = (problems: readonly string[]): void => {
  if (problems.length === 0) return;
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  throw invalidParameter(`${count} detected: ${problems.join('; ')}`);
};

/** Throws InvalidParameterException with every problem, or SerializationException for a wrong JSON type. */
export const readInput = <const S extends Schema>(input: JsonObject, schema: S): Input<S> => {
  const problems: string[] = [];
  const read = Object.fromEntries(
    Object.entries(schema).map(([name, field]) => [name, field(input[name], lowerFirst(name), problems)]),
  );
  refuseProblems(problems);
  return read as Input<S>;
};
