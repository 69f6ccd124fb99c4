/** Checks the values for the parameters of an app's templates as CloudFormation does (User Guide, "Parameters section syntax"). */
import { usageError } from '../../../shared/command/failure.ts';
import type { RawParameter, RawStack } from './raw-stack.ts';

/** A number as CloudFormation takes it: "an integer or float". */
const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

export const isListType = (type: string): boolean =>
  type === 'CommaDelimitedList' || type.startsWith('List<');

export const listedValues = (text: string): readonly string[] => text.split(/\s*,\s*/);

/** A pattern is one of Java; one that JavaScript does not know checks nothing here. */
const matches = (pattern: unknown, text: string): boolean => {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return true;
  }
};

const typeProblem = (type: string, value: string): string | undefined => {
  const values = isListType(type) ? listedValues(value) : [value];
  const isNumeric = type === 'Number' || type === 'List<Number>';
  if (!isNumeric || values.every(isNumber)) return undefined;
  return type === 'Number' ? 'a number' : 'numbers with commas between them';
};

/** What the value should be; undefined if it is. */
const wanted = (parameter: RawParameter, value: string): string | undefined => {
  const { Type = 'String', AllowedValues, AllowedPattern, ConstraintDescription } = parameter;
  const { MinLength, MaxLength, MinValue, MaxValue } = parameter;
  const isNumeric = Type === 'Number';
  const wrongType = typeProblem(Type, value);
  if (wrongType !== undefined) return wrongType;
  const values = isListType(Type) ? listedValues(value) : [value];
  const allowed = AllowedValues?.map(String);
  const fits =
    values.every((one) => allowed?.includes(one) ?? true) &&
    (AllowedPattern === undefined || values.every((one) => matches(AllowedPattern, one))) &&
    (Type !== 'String' ||
      (value.length >= Number(MinLength ?? 0) && value.length <= Number(MaxLength ?? Infinity))) &&
    (!isNumeric ||
      (Number(value) >= Number(MinValue ?? -Infinity) && Number(value) <= Number(MaxValue ?? Infinity)));
  if (fits) return undefined;
  return [
    ...(ConstraintDescription === undefined ? [] : [`"${ConstraintDescription}"`]),
    ...(allowed === undefined ? [] : [`one of ${allowed.join(', ')}`]),
    ...(AllowedPattern === undefined ? [] : [`of the form ${AllowedPattern}`]),
    ...(MinLength === undefined ? [] : [`at least ${MinLength} characters long`]),
    ...(MaxLength === undefined ? [] : [`at most ${MaxLength} characters long`]),
    ...(MinValue === undefined ? [] : [`at least ${MinValue}`]),
    ...(MaxValue === undefined ? [] : [`at most ${MaxValue}`]),
  ].join(', ');
};

const problemsWith = (name: string, value: string, stacks: readonly RawStack[]): readonly string[] => {
  const having = stacks.filter(({ template }) => Object.hasOwn(template.Parameters ?? {}, name));
  if (having.length === 0) {
    const known = [...new Set(stacks.flatMap(({ template }) => Object.keys(template.Parameters ?? {})))];
    const others = known.filter((one) => one !== 'BootstrapVersion').join(', ');
    return [`${name} is no parameter of the app; it has ${others === '' ? 'none' : others}`];
  }
  const problems = having.flatMap(({ template }) => wanted(template.Parameters?.[name] ?? {}, value) ?? []);
  return [...new Set(problems)].map((what) => `${name} is "${value}" and must be ${what}`);
};

/** The stacks that are deployed by themselves take the values; a nested one gets its own from its parent. Throws `CommandError` with all. */
export const checkParameters = (
  stacks: readonly RawStack[],
  given: Readonly<Record<string, string>>,
): void => {
  const deployed = stacks.filter(({ parent }) => parent === undefined);
  const problems = Object.entries(given).flatMap(([name, value]) => problemsWith(name, value, deployed));
  if (problems.length > 0) throw usageError(`--parameter: ${problems.join('; ')}`);
};
