/** Reads a function's environment variables once at start, by a schema. The types make `infra/` supply exactly its names. */
import {
  isLimitName,
  LIMITS,
  type Limit,
  type LimitName,
  type LimitsReadBy,
  limitsReadBy,
  secondsIn,
} from '../domain/limits.ts';
import { readWholeNumber } from './whole-number.ts';

/** Reads the value of a variable, or says why it cannot be used. */
export interface Reader<T> {
  (value: string): T | Problem;
  /** The variable may be missing. */
  readonly optional?: true;
}
/** Why a value cannot be used; continues a sentence that begins with the variable. */
export interface Problem {
  readonly problem: string;
}

/** Any text that is not empty. */
export const textVariable: Reader<string> = (value) => value;

/** What `read` reads, or undefined if the variable is not set or empty. */
export const optionalVariable = <T>(read: Reader<T>): Reader<T | undefined> =>
  Object.assign((value: string) => read(value), { optional: true } as const);

/** A text, or undefined if the variable is not set or empty. */
export const optionalTextVariable: Reader<string | undefined> = optionalVariable(textVariable);

/** A whole number in this range, written out or as a product: `900` or `15*60`. */
export const wholeVariable =
  (min: number, max: number): Reader<number> =>
  (value) => {
    const number = readWholeNumber(value) ?? Number.NaN;
    return number >= min && number <= max
      ? number
      : { problem: `must be a whole number from ${min} to ${max}` };
  };

/** `true` or `false`, in exactly this spelling. */
export const flagVariable: Reader<boolean> = (value) =>
  value === 'true' || (value === 'false' ? false : { problem: 'must be "true" or "false"' });

/** The schema of the limits that a service reads, with the ranges that an operator can set. Times are in seconds. */
export const limitsOf = <Service extends string>(service: Service) =>
  Object.fromEntries(
    limitsReadBy(service).map((name) => {
      const limit: Limit = LIMITS[name];
      return [name, wholeVariable(limit.min * secondsIn(limit), limit.max * secondsIn(limit))];
    }),
  ) as { readonly [Name in LimitsReadBy<Service>]: Reader<number> };

/** The environment variable of a setting: `tableName` is `TABLE_NAME`; the time `codeLifetime` is `CODE_LIFETIME_SECONDS`. */
export const variableName = (name: string): string => {
  const words = name.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
  return isLimitName(name) && 'unit' in LIMITS[name] ? `${words}_SECONDS` : words;
};

export type EnvSchema = Readonly<Record<string, Reader<unknown>>>;

/** The values that a function reads from its environment. */
export type Config<S extends EnvSchema> = {
  readonly [K in keyof S]: S[K] extends Reader<infer T> ? T : never;
};

/** The names of the variables that may be missing. */
type OptionalIn<S extends EnvSchema> = {
  [K in keyof S]: undefined extends Config<S>[K] ? K : never;
}[keyof S];

/** The values that `infra/` has to put into the function's environment, besides the limits. */
export type EnvironmentOf<S extends EnvSchema> = Readonly<
  Record<Exclude<keyof S, LimitName | OptionalIn<S>>, string> & Partial<Record<OptionalIn<S>, string>>
>;

/** The environment cannot be used. The message lists every problem. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value;

/** Reads `env` by `schema`. Throws `ConfigurationError`, which contains the names but never the values. */
export const readConfig = <S extends EnvSchema>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
): Config<S> => {
  const problems: string[] = [];
  const entries = Object.entries(schema).map(([name, read]) => {
    const variable = variableName(name);
    const raw = env[variable];
    const isSet = raw !== undefined && raw !== '';
    const value = isSet ? read(raw) : read.optional ? undefined : { problem: 'is not set' };
    if (isProblem(value)) problems.push(`${variable} ${value.problem}`);
    return [name, value];
  });
  if (problems.length > 0) throw new ConfigurationError(`Wrong environment: ${problems.join('; ')}`);
  return Object.fromEntries(entries);
};
