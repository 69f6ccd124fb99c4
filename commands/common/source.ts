/** The options by which a command finds the service. */
import { resolve } from 'node:path';
import { usageError } from '../../shared/command/failure.ts';
import type { Options, OptionValues } from '../../shared/command/options.ts';
import { type CommandPlace, callOf, PLACE } from '../../shared/command/place.ts';
import { readRegion } from '../../shared/command/user-pool.ts';
import { DEFAULT_FOLDER, readLocalOutputs } from '../../shared/messages/stack/outputs.ts';

export interface LocalSource {
  readonly kind: 'local';
  readonly folder: string;
  /** Which `EmailOtp` of the app, if it has several. */
  readonly otp?: string | undefined;
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
  otp: { kind: 'text', value: '<id>', words: 'the id of the EmailOtp, if there are several' },
  region: { kind: 'text', value: '<region>', words: "the stack's, if the environment does not say it" },
  folder: {
    kind: 'text',
    value: '<path>',
    words: `without --stack: the local system's folder (default ${DEFAULT_FOLDER})`,
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

/**
 * The local system of this folder, or of the default one. In an app, where nothing is given and no local system has been started,
 * a deployed one is meant: throws `CommandError` with what is `missing`.
 */
export const localSource = (
  folder: string | undefined,
  missing: string,
  place: CommandPlace = PLACE,
): LocalSource => {
  if (
    place === 'package' &&
    folder === undefined &&
    readLocalOutputs(resolve(DEFAULT_FOLDER)) === undefined
  ) {
    throw usageError(`${missing}. For a local system here, start it first: ${callOf('start', '', place)}`);
  }
  return { kind: 'local', folder: folder ?? DEFAULT_FOLDER };
};

/** Throws `CommandError`. */
export const readSource = (
  { stack, otp, region, folder }: OptionValues<typeof SOURCE_OPTIONS>,
  place: CommandPlace = PLACE,
): Source => {
  if (stack === undefined) {
    const missing = '--stack is missing; it names the deployed stack, for instance --stack Auth';
    const source = localSource(folder, missing, place);
    if (region !== undefined) {
      throw usageError('--region goes with --stack; the local system has no other region');
    }
    return otp === undefined ? source : { ...source, otp };
  }
  if (folder !== undefined) throw usageError('--folder is for the local system, --stack for a deployed one');
  return { kind: 'stack', name: stack, region: regionOfStack(stack, region), otp };
};
