/** The options by which a command finds the service. */
import { usageError } from '../../shared/command/failure.ts';
import type { Options, OptionValues } from '../../shared/command/options.ts';
import { readRegion } from '../../shared/command/user-pool.ts';
import { DEFAULT_FOLDER } from '../../shared/messages/outputs.ts';

export interface LocalSource {
  readonly kind: 'local';
  readonly folder: string;
}

export interface StackSource {
  readonly kind: 'stack';
  readonly name: string;
  readonly region: string | undefined;
}

/** The local system of a folder, or a deployed stack. */
export type Source = LocalSource | StackSource;

export const SOURCE_OPTIONS = {
  folder: {
    heading: 'Where',
    kind: 'text',
    value: '<path>',
    words: `the local system's folder (default ${DEFAULT_FOLDER})`,
  },
  stack: {
    kind: 'text',
    value: '<name>',
    words: 'a deployed stack instead of the local system, with the AWS credentials of the environment',
  },
  region: { kind: 'text', value: '<region>', words: "the stack's, if the environment does not say it" },
} as const satisfies Options;

/** Throws `CommandError`. */
export const readSource = ({ stack, region, folder }: OptionValues<typeof SOURCE_OPTIONS>): Source => {
  if (stack === undefined) {
    if (region !== undefined) {
      throw usageError('--region goes with --stack; the local system has no other region');
    }
    return { kind: 'local', folder: folder ?? DEFAULT_FOLDER };
  }
  if (folder !== undefined) throw usageError('--folder is for the local system, --stack for a deployed one');
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stack)) {
    throw usageError(`"${stack}" cannot be the name of a stack`);
  }
  return { kind: 'stack', name: stack, region: region === undefined ? undefined : readRegion(region) };
};
