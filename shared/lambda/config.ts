/** Environment variables, read once at start. One schema per function; infra must supply exactly its names. */
import type { Limit } from '../domain/limits.ts';

type Reader<T> = (value: string) => T | Problem;
interface Problem {
  readonly problem: string;
}

/** Any text that is not empty. */
export const text: Reader<string> = (value) => value;

/** A whole number within the limit. */
export const integer =
  ({ min, max }: Limit): Reader<number> =>
  (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    return number >= min && number <= max
      ? number
      : { problem: `must be a whole number from ${min} to ${max}` };
  };

/** `true` or `false`, spelt exactly so. */
export const flag: Reader<boolean> = (value) =>
  value === 'true' || (value === 'false' ? false : { problem: 'must be "true" or "false"' });

export type EnvSchema = Readonly<Record<string, Reader<string | number | boolean>>>;

/** What a function reads out of its environment. */
export type Config<S extends EnvSchema> = {
  readonly [K in keyof S]: S[K] extends Reader<infer T> ? T : never;
};

/** What infra has to put into the function's environment. */
export type EnvironmentOf<S extends EnvSchema> = { readonly [K in keyof S]: string };

/** Thrown at start when the environment is not usable; the message lists every problem. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const isProblem = (value: unknown): value is Problem => typeof value === 'object' && value !== null;

/** Reads `env` by `schema`. Values are never repeated in the error, only names. */
export const readConfig = <S extends EnvSchema>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
): Config<S> => {
  const problems: string[] = [];
  const entries = Object.entries(schema).map(([name, read]) => {
    const raw = env[name];
    const value = raw === undefined || raw === '' ? { problem: 'is not set' } : read(raw);
    if (isProblem(value)) problems.push(`${name} ${value.problem}`);
    return [name, value];
  });
  if (problems.length > 0) throw new ConfigurationError(`Wrong environment: ${problems.join('; ')}`);
  return Object.fromEntries(entries);
};
