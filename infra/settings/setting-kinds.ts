/** The kinds of settings. Each reads a value given as text (CDK context) or as a construct's prop. */
import { Duration } from 'aws-cdk-lib';
import type { Limit } from '../../shared/domain/limits.ts';

/** One row of the settings' table. */
export interface Setting<T> {
  /** What the setting means, in one line for the operator. */
  readonly description: string;
  /** The allowed values, such as `6–10` or `true, false`. */
  readonly values: string;
  /** The default as written after `-c name=`, or `required` or `none` if there is no default. */
  readonly default: string;
  /** The document or service that sets the allowed values. */
  readonly source?: string;
  /** Checks a given value; `undefined` means the default. */
  readonly read: (given: unknown) => T | SettingProblem;
}

/** Why a value cannot be used. */
export class SettingProblem {
  /** Continues a sentence that begins with the setting's name. */
  readonly text: string;
  /** All that is wrong with a value of many parts, in sentences of their own; then `text` is not shown. */
  readonly sentences: readonly string[] | undefined;

  constructor(text: string, sentences?: readonly string[]) {
    this.text = text;
    this.sentences = sentences;
  }
}

const isWhole = (given: unknown, { min, max }: Limit): boolean =>
  /^\d{1,9}$/.test(String(given)) && Number(given) >= min && Number(given) <= max;

/** The texts of a limit's setting, for limits of every kind. */
const describe = ({ min, max, default: fallback, unit, description, source }: Limit) => ({
  description,
  values: `${min}–${max}${unit === undefined ? '' : ` ${unit}`}`,
  default: String(fallback),
  ...(source !== undefined && { source }),
});

/** The setting of a limit that is a plain number. */
export const wholeSetting = (limit: Limit): Setting<number> => {
  const { min, max, default: fallback } = limit;
  return {
    ...describe(limit),
    read: (given = fallback) =>
      isWhole(given, limit)
        ? Number(given)
        : new SettingProblem(`must be a whole number from ${min} to ${max} (default ${fallback})`),
  };
};

/** Tells a time by what it can do, because the app may have another copy of the CDK and so another class. */
export const isDuration = (given: unknown): given is Duration =>
  typeof given === 'object' &&
  given !== null &&
  'toSeconds' in given &&
  typeof given.toSeconds === 'function';

const UNITS = {
  seconds: {
    of: Duration.seconds,
    in: (duration: Duration) => duration.toSeconds({ integral: false }),
  },
  minutes: {
    of: Duration.minutes,
    in: (duration: Duration) => duration.toMinutes({ integral: false }),
  },
  days: { of: Duration.days, in: (duration: Duration) => duration.toDays({ integral: false }) },
} as const;

/** A limit that is a time. */
export type TimeLimit = Limit & { readonly unit: keyof typeof UNITS };

/** The setting of a limit that is a time: a `Duration` in props, a number of the limit's units in CDK context. */
export const durationSetting = (limit: TimeLimit): Setting<Duration> => {
  const { min, max, default: fallback, unit } = limit;
  return {
    ...describe(limit),
    read: (given = fallback) => {
      const amount = isDuration(given) ? UNITS[unit].in(given) : given;
      return isWhole(amount, limit)
        ? UNITS[unit].of(Number(amount))
        : new SettingProblem(`must be a whole number of ${unit} from ${min} to ${max} (default ${fallback})`);
    },
  };
};

export const flagSetting = (fallback: boolean, description: string): Setting<boolean> => ({
  description,
  values: 'true, false',
  default: String(fallback),
  read: (given = fallback) =>
    String(given) === 'true' ||
    (String(given) === 'false' ? false : new SettingProblem(`must be true or false (default ${fallback})`)),
});

/** A setting that takes one of a few values, in exactly this spelling. */
export const choiceSetting = <const T extends string | number>(
  values: readonly T[],
  fallback: NoInfer<T>,
  description: string,
): Setting<T> => ({
  description,
  values: values.join(', '),
  default: String(fallback),
  read: (given = fallback) =>
    values.find((value) => String(value) === String(given)) ??
    new SettingProblem(`must be one of ${values.join(', ')} (default ${fallback})`),
});

/** An optional setting that takes the ARN of an existing resource. */
export const arnSetting = (
  example: string,
  pattern: RegExp,
  description: string,
): Setting<string | undefined> => ({
  description,
  values: `an ARN, \`${example}\``,
  default: 'none',
  read: (given) =>
    given === undefined || (typeof given === 'string' && pattern.test(given))
      ? given
      : new SettingProblem(`must be an ARN such as ${example}`),
});
