/** The options of `npm start`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../shared/command/failure.ts';
import { type OptionValues, readPairs, readValues } from '../shared/command/options.ts';
import { type CommandPlace, callOf, PLACE } from '../shared/command/place.ts';
import type { Usage } from '../shared/command/usage.ts';
import { DEFAULT_FOLDER } from '../shared/messages/stack/outputs.ts';
import type { Faults } from './faults/fault-table.ts';
import { FAULT_HELP, parseFaults } from './faults/faults.ts';
import { AwsError } from './ground/service.ts';

/** What is run: an app by the command that synthesizes it, its template, or this repository's own stack. */
export type AppChoice =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'template'; readonly path: string }
  /** `context` has settings for the synthesis, as `-c name=value`. */
  | { readonly kind: 'own'; readonly context: Readonly<Record<string, string>> };

export interface StartOptions {
  readonly port: number;
  /** The folder for state, logs and the synthesized template: below the project's root, or the folder of the command. */
  readonly folder: string;
  readonly app: AppChoice;
  /** The stack whose `EmailOtp`s are run; undefined for all. */
  readonly stack: string | undefined;
  /** Values for the parameters of the app's templates. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The file with the users. */
  readonly users: string | undefined;
  /** The faults that are on from the start. */
  readonly faults: Partial<Faults>;
}

const DEFAULT_PORT = 4566;
const DEFAULT_SENDER = 'otp@example.com';

export const START = {
  name: 'start',
  synopsis: '[options]',
  summary: `runs the second factor of an app on this machine until Ctrl-C: user pool, functions, workflow and mail`,
  options: {
    port: {
      kind: 'text',
      value: '<1-65535>',
      words: 'port of the AWS endpoint on 127.0.0.1',
      default: String(DEFAULT_PORT),
    },
    folder: {
      kind: 'text',
      value: '<path>',
      words: 'where state and logs are kept',
      default: DEFAULT_FOLDER,
    },
    users: {
      kind: 'text',
      value: '<file.json>',
      words: 'users to create, with their passwords, attributes and groups (docs/local/apps.md)',
    },
    app: {
      heading: 'What is run',
      kind: 'text',
      value: '<command>',
      words: `the app that this command synthesizes, for instance "npx cdk synth";
runs in your folder`,
    },
    template: {
      kind: 'text',
      value: '<path>',
      words: 'the app that was synthesized into this folder, or a template in JSON',
    },
    stack: {
      kind: 'text',
      value: '<name>',
      words: 'of the app only this stack, if several have an EmailOtp',
    },
    parameter: {
      kind: 'list',
      value: '<name>=<value>',
      words: 'a value for a parameter of the template; may be repeated',
    },
    context: {
      kind: 'list',
      value: '<name>=<value>',
      short: 'c',
      words: `without --app and --template: a setting of this repository's own stack,
for instance -c codeLength=8; may be repeated`,
      only: 'repository',
    },
    fault: {
      heading: 'How',
      kind: 'list',
      value: '<name>=<value>',
      words: `something that goes wrong, for instance --fault sesDelaySeconds=10; may be repeated.
It can be changed while the system runs; the next start begins without it.`,
    },
  },
  notes: `Faults:\n${FAULT_HELP.map((line) => `  ${line}`).join('\n')}`,
  exits: { done: 'ended by Ctrl-C once it was ready' },
} as const satisfies Usage;

const readFaultOptions = (texts: readonly string[]): Partial<Faults> => {
  try {
    return parseFaults(readPairs('--fault', texts));
  } catch (error) {
    if (error instanceof AwsError) throw usageError(`--fault: ${error.message}`);
    throw error;
  }
};

/** What an app of the CDK has in its folder. */
const CDK_FILE = 'cdk.json';

const DEFAULT_COMMAND = 'npx cdk synth';

type Values = OptionValues<typeof START.options>;

/** The published package has no `-c`. */
const readApp = ({ app, template, context = [] }: Values, place: CommandPlace, folder: string): AppChoice => {
  if (app !== undefined && template !== undefined) {
    throw usageError('--app synthesizes the app and --template takes what was synthesized: leave one out');
  }
  if ((app ?? template) !== undefined && context.length > 0) {
    throw usageError(
      "-c is for this repository's own stack; give an app its settings in the command of --app",
    );
  }
  if (app !== undefined) return { kind: 'command', command: app };
  if (template !== undefined) return { kind: 'template', path: template };
  if (place === 'repository') {
    return { kind: 'own', context: { emailSender: DEFAULT_SENDER, ...readPairs('-c', context) } };
  }
  if (existsSync(join(folder, CDK_FILE))) return { kind: 'command', command: DEFAULT_COMMAND };
  throw usageError(
    `There is no ${CDK_FILE} here. Say what to run, for instance ${callOf('start', `--app "${DEFAULT_COMMAND}"`, place)}, or ` +
      callOf('start', '--template cdk.out', place),
  );
};

/** Throws `CommandError`. `caller` is the folder of whoever started the command. */
export const readStartOptions = (
  args: readonly string[],
  caller = process.cwd(),
  place: CommandPlace = PLACE,
): StartOptions => {
  const values = readValues(START.options, args, place);
  const { port, folder, fault, stack, parameter, users } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw usageError('--port must be a whole number from 1 to 65535');
  }
  const app = readApp(values, place, caller);
  if (app.kind === 'own' && (stack !== undefined || parameter.length > 0)) {
    throw usageError('--stack and --parameter are for an app of yours: they go with --app or --template');
  }
  return {
    port: Number(port),
    folder,
    app,
    stack,
    parameters: readPairs('--parameter', parameter),
    users,
    faults: readFaultOptions(fault),
  };
};
