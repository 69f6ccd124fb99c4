/** The options of `npm start`. */
import { parseArgs } from 'node:util';
import { DEFAULT_FOLDER } from '../../services/cli/local-outputs.ts';

export interface StartOptions {
  readonly port: number;
  /** State, logs and the synthesized template, below the project's root. */
  readonly folder: string;
  /** Settings for the synthesis, as `-c name=value`. */
  readonly context: Readonly<Record<string, string>>;
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
  -c <name>=<value>  a setting, for instance -c codeLength=8; may be repeated`;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        folder: { type: 'string', default: DEFAULT_FOLDER },
        context: { type: 'string', short: 'c', multiple: true, default: [] },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
};

export const readStartOptions = (args: readonly string[]): StartOptions => {
  const { port, folder, context } = parse(args);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new UsageError(`--port must be a whole number from 1 to 65535\n${USAGE}`);
  }
  const settings = context.map((setting): [string, string] => {
    const at = setting.indexOf('=');
    if (at < 1) throw new UsageError(`-c takes <name>=<value>, not "${setting}"\n${USAGE}`);
    return [setting.slice(0, at), setting.slice(at + 1)];
  });
  return {
    port: Number(port),
    folder,
    context: { emailSender: DEFAULT_SENDER, ...Object.fromEntries(settings) },
  };
};
