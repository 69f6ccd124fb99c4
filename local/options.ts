/** The options of `npm start`. */
import { usageError } from '../shared/command/failure.ts';
import { readPairs, readValues } from '../shared/command/options.ts';
import type { Usage } from '../shared/command/usage.ts';
import { DEFAULT_FOLDER } from '../shared/messages/outputs.ts';
import type { Faults } from './faults/fault-table.ts';
import { FAULT_HELP, parseFaults } from './faults/faults.ts';
import { AwsError } from './ground/service.ts';

export interface StartOptions {
  readonly port: number;
  /** The folder for state, logs and the synthesized template, below the project's root. */
  readonly folder: string;
  /** Settings for the synthesis, as `-c name=value`. */
  readonly context: Readonly<Record<string, string>>;
  /** The faults that are on from the start. */
  readonly faults: Partial<Faults>;
}

const DEFAULT_PORT = 4566;
const DEFAULT_SENDER = 'otp@example.com';

export const START = {
  name: 'start',
  synopsis: '[options]',
  summary: 'runs the whole system on this machine until Ctrl-C; installs what is missing',
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
    context: {
      kind: 'list',
      value: '<name>=<value>',
      short: 'c',
      words: 'a setting, for instance -c codeLength=8; may be repeated',
    },
    fault: {
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

/** Throws `CommandError`. */
export const readStartOptions = (args: readonly string[]): StartOptions => {
  const { port, folder, context, fault } = readValues(START.options, args);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw usageError('--port must be a whole number from 1 to 65535');
  }
  return {
    port: Number(port),
    folder,
    context: { emailSender: DEFAULT_SENDER, ...readPairs('-c', context) },
    faults: readFaultOptions(fault),
  };
};
