/** The options of `npm start`. */
import { parseArgs } from 'node:util';
import { DEFAULT_FOLDER } from '../shared/messages/outputs.ts';
import type { Faults } from './faults/fault-table.ts';
import { FAULT_HELP, parseFaults } from './faults/faults.ts';
import { AwsError } from './ground/service.ts';

export interface StartOptions {
  readonly port: number;
  /** State, logs and the synthesized template, below the project's root. */
  readonly folder: string;
  /** Settings for the synthesis, as `-c name=value`. */
  readonly context: Readonly<Record<string, string>>;
  /** What goes wrong from the start. */
  readonly faults: Partial<Faults>;
}

/** The command line cannot be used; the message says how to mend it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const DEFAULT_PORT = 4566;
const DEFAULT_SENDER = 'otp@example.com';

export const USAGE = `npm start -- [options]
  --port <1-65535>   port of the AWS endpoint on 127.0.0.1 (default ${DEFAULT_PORT})
  --folder <path>    where state and logs are kept (default ${DEFAULT_FOLDER})
  -c <name>=<value>  a setting, for instance -c codeLength=8; may be repeated
  --fault <name>=<value>
                     something that goes wrong, for instance --fault sesDelaySeconds=10; may be repeated.
                     It can be changed while the system runs; the next start begins without it.
${FAULT_HELP.map((line) => `    ${line}`).join('\n')}
  --help             this text`;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        folder: { type: 'string', default: DEFAULT_FOLDER },
        context: { type: 'string', short: 'c', multiple: true, default: [] },
        fault: { type: 'string', multiple: true, default: [] },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
};

/** `<name>=<value>` texts by name; a later one for the same name counts. */
const readPairs = (option: string, texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`${option} takes <name>=<value>, not "${text}"\n${USAGE}`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );

const readFaultOptions = (texts: readonly string[]): Partial<Faults> => {
  try {
    return parseFaults(readPairs('--fault', texts));
  } catch (error) {
    if (error instanceof AwsError) throw new UsageError(`--fault: ${error.message}`);
    throw error;
  }
};

export const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h');

/** Throws `UsageError`. */
export const readStartOptions = (args: readonly string[]): StartOptions => {
  const { port, folder, context, fault } = parse(args);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new UsageError(`--port must be a whole number from 1 to 65535\n${USAGE}`);
  }
  return {
    port: Number(port),
    folder,
    context: { emailSender: DEFAULT_SENDER, ...readPairs('-c', context) },
    faults: readFaultOptions(fault),
  };
};
