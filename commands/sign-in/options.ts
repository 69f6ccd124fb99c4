/** The options of `npm run sign-in`, and which pool they mean. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_FOLDER, type LocalOutputs, readLocalOutputs } from '../../shared/messages/outputs.ts';

export interface SignInOptions {
  readonly username: string;
  readonly password: string | undefined;
  readonly newPassword: string | undefined;
  /** Ask for a second mail before answering. */
  readonly resend: boolean;
  /** Print the tokens as JSON. */
  readonly tokens: boolean;
  readonly target: Target;
}

export interface Target {
  readonly region: string;
  readonly poolId: string;
  readonly clientId: string;
  /** Set for the local system. */
  readonly local?: LocalOutputs;
}

/** The command line cannot be used; the message says how to mend it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run sign-in -- --username <email> [options]
  --password <text>       asked for where it is missing
  --new-password <text>   for users who have to choose one; asked for where it is missing
  --resend                order a second mail before answering
  --tokens                print the tokens as JSON
  --folder <path>         the local system's folder (default ${DEFAULT_FOLDER})
A deployed pool instead of the local one (npm start):
  --pool-id <id> --client-id <id> [--region <region>]`;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        username: { type: 'string' },
        password: { type: 'string' },
        'new-password': { type: 'string' },
        resend: { type: 'boolean', default: false },
        tokens: { type: 'boolean', default: false },
        'pool-id': { type: 'string' },
        'client-id': { type: 'string' },
        region: { type: 'string' },
        folder: { type: 'string', default: DEFAULT_FOLDER },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
};

const readLocal = (folder: string): Target => {
  const local = readLocalOutputs(folder);
  if (local === undefined) {
    throw new UsageError('There is no local system yet. Start it in another terminal with: npm start');
  }
  return { region: local.region, poolId: local.poolId, clientId: local.clientId, local };
};

/** `root` is the project's folder. Throws `UsageError`. */
export const readSignInOptions = (args: readonly string[], root: string): SignInOptions => {
  const values = parse(args);
  if (!values.username) throw new UsageError(`--username is missing\n${USAGE}`);
  const { 'pool-id': poolId, 'client-id': clientId } = values;
  if ((poolId === undefined) !== (clientId === undefined)) {
    throw new UsageError(`--pool-id and --client-id go together\n${USAGE}`);
  }
  const region = values.region ?? poolId?.split('_')[0] ?? '';
  if (poolId !== undefined && !/^[\w-]+_[0-9A-Za-z]+$/.test(poolId)) {
    throw new UsageError('--pool-id looks like eu-west-1_AbCdEfGhI; the stack prints it as UserPoolId');
  }
  const target = poolId && clientId ? { region, poolId, clientId } : readLocal(resolve(root, values.folder));
  return {
    username: values.username,
    password: values.password,
    newPassword: values['new-password'],
    resend: values.resend,
    tokens: values.tokens,
    target,
  };
};
