/** Finds one `EmailOtp` by the outputs of its stack, which may have several, and outputs of other things. */
import { usageError } from '../../shared/command/failure.ts';
import { type OutputName, otpId, otpPrefixes, pickOutputs } from '../../shared/messages/stack/outputs.ts';

/** An output that is empty counts as missing. */
export type PickedOutputs<Name extends OutputName, Optional extends OutputName = never> = Readonly<
  Record<Name, string> & Partial<Record<Optional, string>>
>;

/** Each `EmailOtp` that has all of the outputs `names`, by what `--otp` takes for it. */
const findOtps = <Name extends OutputName, Optional extends OutputName>(
  outputs: Readonly<Record<string, string>>,
  names: readonly Name[],
  optional: readonly Optional[],
): ReadonlyMap<string, PickedOutputs<Name, Optional>> =>
  new Map(
    otpPrefixes(Object.keys(outputs), names).flatMap((prefix) => {
      const its = Object.fromEntries(
        [...names, ...optional].flatMap((name) => {
          const value = outputs[`${prefix}${name}`];
          return value ? [[name, value] as const] : [];
        }),
      );
      if (pickOutputs(its, names) === undefined) return [];
      return [[otpId(prefix), its as PickedOutputs<Name, Optional>] as const];
    }),
  );

/** `where` is whose outputs they are, for what is said of them. */
export interface OtpChoice<Optional extends OutputName = never> {
  readonly where: string;
  readonly otp: string | undefined;
  /** Outputs that a stack may lack. */
  readonly optional?: readonly Optional[];
}

/**
 * Returns the outputs with these names, and the optional ones that are there. Throws `CommandError` if it is not clear whose, or
 * if some of those with these names are missing.
 */
export const chooseOtp = <Name extends OutputName, Optional extends OutputName = never>(
  outputs: Readonly<Record<string, string>>,
  names: readonly Name[],
  { where, otp, optional = [] }: OtpChoice<Optional>,
): PickedOutputs<Name, Optional> => {
  const otps = findOtps(outputs, names, optional);
  const [only, ...others] = otp === undefined ? otps.values() : [otps.get(otp)];
  if (only !== undefined && others.length === 0) return only;
  if (otps.size === 0) {
    throw usageError(
      `${where} is another one, or older than this command: it lacks one of the outputs ${names.join(' and ')}`,
    );
  }
  const ids = [...otps.keys()];
  throw usageError(
    otp === undefined
      ? `${where} has several: ${ids.join(', ')}. Choose one, for instance --otp ${ids[0]}`
      : `${where} has no "${otp}"; --otp takes ${ids.join(' or ')}`,
  );
};
