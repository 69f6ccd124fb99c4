/** Where a command finds the service: the options that say it, and what they mean. */
import { DEFAULT_FOLDER } from '../../shared/messages/outputs.ts';
import type { UsageError } from '../sign-in/options.ts';

/** The local system of a folder, or a deployed stack. */
export type Source =
  | { readonly kind: 'local'; readonly folder: string }
  | { readonly kind: 'stack'; readonly name: string; readonly region: string | undefined };

/** For `parseArgs`. */
export const SOURCE_OPTIONS = {
  folder: { type: 'string' },
  stack: { type: 'string' },
  region: { type: 'string' },
} as const;

export const SOURCE_USAGE = `Where:
  --folder <path>         the local system's folder (default ${DEFAULT_FOLDER})
  --stack <name>          a deployed stack instead of the local system, with the AWS credentials of the environment
  --region <region>       the stack's, where the environment does not say it`;

interface SourceValues {
  readonly folder?: string;
  readonly stack?: string;
  readonly region?: string;
}

/** Throws what `usage` makes of the problem. */
export const readSource = (values: SourceValues, usage: (problem: string) => UsageError): Source => {
  const { stack, region, folder } = values;
  if (stack === undefined) {
    if (region !== undefined) throw usage('--region goes with --stack; the local system has no other region');
    return { kind: 'local', folder: folder ?? DEFAULT_FOLDER };
  }
  if (folder !== undefined) throw usage('--folder is for the local system, --stack for a deployed one');
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stack)) throw usage(`"${stack}" cannot be the name of a stack`);
  if (region !== undefined && !/^[a-z]{2,}(-[a-z]+)+-\d$/.test(region)) {
    throw usage(`--region looks like eu-west-1, not "${region}"`);
  }
  return { kind: 'stack', name: stack, region };
};

/** Whether the options ask for the explanation of the command. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h');
