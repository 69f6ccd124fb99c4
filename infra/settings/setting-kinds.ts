/** The kinds of settings: how each reads what was given, as text (CDK context) or as a construct's prop. */
import { Duration } from 'aws-cdk-lib';
import type { Limit } from '../../shared/domain/limits.ts';

/** One row of the settings' table. */
export interface Setting<T> {
  /** One line for the operator. */
  readonly description: string;
  /** What it takes: `6–10`, `true, false`. */
  readonly values: string;
  /** As written after `-c name=`; `required` or `none` where there is no value. */
  readonly default: string;
  /** The document or service that the values come from. */
  readonly source?: string;
  /** `undefined` stands for the default. */
  readonly read: (given: unknown) => T | SettingProblem;
}

/** Why a value cannot be used; the text goes on where the setting's name ends. */
export class SettingProblem {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const isWhole = (given: unknown, { min, max }: Limit): boolean =>
  /^\d{1,9}$/.test(String(given)) && Number(given) >= min && Number(given) <= max;

/** What a limit's setting says of itself, of whatever kind it is. */
const describe = ({ min, max, default: fallback, unit, description, source }: Limit) => ({
  description,
  values: `${min}–${max}${unit === undefined ? '' : ` ${unit}`}`,
  default: String(fallback),
  ...(source !== undefined && { source }),
});

/** A limit that is no time. */
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

/** A `Duration` as a prop, a number of the limit's units in context. */
export const durationSetting = (limit: TimeLimit): Setting<Duration> => {
  const { min, max, default: fallback, unit } = limit;
  return {
    ...describe(limit),
    read: (given = fallback) => {
      const amount = given instanceof Duration ? UNITS[unit].in(given) : given;
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

/** One of a few values, spelt exactly so. */
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

/** The ARN of something that exists already; nothing, unless it is given. */
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
