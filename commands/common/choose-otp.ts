/** Finds one `EmailOtp` by the outputs of its stack, which may have several, and outputs of other things. */
import { usageError } from '../../shared/command/failure.ts';
import { type OutputName, pickOutputs } from '../../shared/messages/outputs.ts';
import type { StackSource } from './source.ts';

type Picked<Name extends OutputName> = Readonly<Record<Name, string>>;

/** What `--otp` takes for outputs without a prefix: the id that the construct has then. */
const WITHOUT_PREFIX = 'Default';

/** Each `EmailOtp` that has all of these outputs, by what `--otp` takes for it. */
const findOtps = <Name extends OutputName>(
  outputs: Readonly<Record<string, string>>,
  names: readonly Name[],
): ReadonlyMap<string, Picked<Name>> => {
  const [first = ''] = names;
  const prefixes = Object.keys(outputs).flatMap((key) =>
    key.endsWith(first) ? [key.slice(0, key.length - first.length)] : [],
  );
  return new Map(
    prefixes.flatMap((prefix) => {
      const its = Object.fromEntries(names.map((name) => [name, outputs[`${prefix}${name}`] ?? '']));
      const picked = pickOutputs(its, names);
      return picked === undefined ? [] : [[prefix === '' ? WITHOUT_PREFIX : prefix, picked] as const];
    }),
  );
};

/** Returns the outputs with these names. Throws `CommandError` if it is not clear whose, or if some of them are missing. */
export const chooseOtp = <Name extends OutputName>(
  outputs: Readonly<Record<string, string>>,
  names: readonly Name[],
  { name: stack, otp }: Pick<StackSource, 'name' | 'otp'>,
): Picked<Name> => {
  const otps = findOtps(outputs, names);
  const [only, ...others] = otp === undefined ? otps.values() : [otps.get(otp)];
  if (only !== undefined && others.length === 0) return only;
  if (otps.size === 0) {
    throw usageError(
      `The stack "${stack}" is another one, or older than this command: it lacks one of the outputs ${names.join(' and ')}`,
    );
  }
  const ids = [...otps.keys()];
  throw usageError(
    otp === undefined
      ? `The stack "${stack}" has several: ${ids.join(', ')}. Choose one, for instance --otp ${ids[0]}`
      : `The stack "${stack}" has no "${otp}"; --otp takes ${ids.join(' or ')}`,
  );
};
