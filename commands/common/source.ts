/** The options by which a command finds the service. */
import { usageError } from '../../shared/command/failure.ts';
import type { Options, OptionValues } from '../../shared/command/options.ts';
import { type CommandPlace, PLACE } from '../../shared/command/place.ts';
import { readRegion } from '../../shared/command/user-pool.ts';
import { DEFAULT_FOLDER } from '../../shared/messages/outputs.ts';

export interface LocalSource {
  readonly kind: 'local';
  readonly folder: string;
}

export interface StackSource {
  readonly kind: 'stack';
  /** Its name or its ARN. */
  readonly name: string;
  readonly region: string | undefined;
  /** Which `EmailOtp` of the stack, if it has several: the prefix of its outputs, or `Default` if they have none. */
  readonly otp: string | undefined;
}

/** The local system of a folder, or a deployed stack. */
export type Source = LocalSource | StackSource;

export const SOURCE_OPTIONS = {
  stack: {
    heading: 'Where',
    kind: 'text',
    value: '<name>',
    words: `a deployed stack, also a nested one, by its name or ARN;
reached with the AWS credentials of the environment`,
  },
  otp: { kind: 'text', value: '<id>', words: 'the id of the EmailOtp, if the stack has several' },
  region: { kind: 'text', value: '<region>', words: "the stack's, if the environment does not say it" },
  folder: {
    kind: 'text',
    value: '<path>',
    words: `without --stack: the local system's folder (default ${DEFAULT_FOLDER})`,
    only: 'repository',
  },
} as const satisfies Options;

const NAME = '[A-Za-z][A-Za-z0-9-]{0,127}';
const ARN = new RegExp(`^arn:[a-z-]+:cloudformation:([a-z0-9-]+):\\d{12}:stack/${NAME}/[\\w-]+$`);

/** The region in the stack's ARN, or the one that is given; undefined if the environment has to say it. */
const regionOfStack = (stack: string, given: string | undefined): string | undefined => {
  const region = given === undefined ? undefined : readRegion(given);
  const [arn, itsRegion = region] = ARN.exec(stack) ?? [];
  if (arn === undefined && !new RegExp(`^${NAME}$`).test(stack)) {
    throw usageError(`"${stack}" cannot be the name or the ARN of a stack`);
  }
  if (region === undefined || region === itsRegion) return itsRegion;
  throw usageError(`--region says ${region}, but the stack's ARN says ${itsRegion}`);
};

/** Throws `CommandError`. */
export const readSource = (
  { stack, otp, region, folder }: OptionValues<typeof SOURCE_OPTIONS>,
  place: CommandPlace = PLACE,
): Source => {
  if (stack === undefined) {
    if (place === 'package') {
      throw usageError('--stack is missing; it names the deployed stack, for instance --stack Auth');
    }
    if (otp !== undefined) throw usageError('--otp goes with --stack; the local system has one EmailOtp');
    if (region !== undefined) {
      throw usageError('--region goes with --stack; the local system has no other region');
    }
    return { kind: 'local', folder: folder ?? DEFAULT_FOLDER };
  }
  if (folder !== undefined) throw usageError('--folder is for the local system, --stack for a deployed one');
  return { kind: 'stack', name: stack, region: regionOfStack(stack, region), otp };
};
