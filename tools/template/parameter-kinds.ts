/** The kinds of parameters of the template. Their ranges and words come from the settings. */
import type { CfnParameterProps } from 'aws-cdk-lib';
import type { Setting } from '../../infra/settings/setting-kinds.ts';
import { SETTINGS } from '../../infra/settings/settings.ts';
import type { Limit } from '../../shared/domain/limits.ts';
import { wholeNumbers } from './whole-numbers.ts';

/** The parameter of a setting: `codeLength` is `CodeLength`. */
export const parameterName = <Name extends string>(name: Name): Capitalize<Name> =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)}` as Capitalize<Name>;

/** The text of a setting as a sentence without Markdown, and with the parameters' names in place of the settings'. */
const sentence = (text: string): string => {
  const plain = text
    .replaceAll(/`(\w+)`/g, (_, name: string) => (Object.hasOwn(SETTINGS, name) ? parameterName(name) : name))
    .replaceAll('`', '');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
};

export const numberParameter = ({
  min,
  max,
  default: fallback,
  unit,
  description,
}: Limit): CfnParameterProps => {
  const amount = unit === undefined ? '' : ` of ${unit}`;
  return {
    type: 'String',
    default: String(fallback),
    allowedPattern: `^${wholeNumbers(min, max)}$`,
    description: sentence(`${description}; a whole number${amount} from ${min} to ${max}`),
    constraintDescription: `must be a whole number${amount} from ${min} to ${max}`,
  };
};

export const choiceParameter = (
  { values, default: fallback, description }: Setting<unknown>,
  type: 'String' | 'Number' = 'String',
): CfnParameterProps => ({
  type,
  default: fallback,
  allowedValues: values.split(', '),
  description: sentence(description),
  constraintDescription: `must be one of ${values}`,
});

interface Text {
  /** A regular expression, as CloudFormation (Java) reads it; it has to match the whole value. */
  readonly pattern: string;
  readonly description: string;
  /** What the value must be, for whoever gave another one. */
  readonly mustBe: string;
}

export const textParameter = ({ pattern, description, mustBe }: Text): CfnParameterProps => ({
  type: 'String',
  allowedPattern: `^${pattern}$`,
  description: sentence(description),
  constraintDescription: `must be ${mustBe}`,
});

/** One that may be left out. It is empty then. */
export const optionalParameter = ({ pattern, description, mustBe }: Text): CfnParameterProps => ({
  ...textParameter({
    pattern: `(${pattern})?`,
    description: `${description}; empty for none`,
    mustBe: `${mustBe}, or empty`,
  }),
  default: '',
});
