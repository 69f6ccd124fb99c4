/** The options of the command `sign-in`. */
import { usageError } from '../../shared/command/failure.ts';
import { type OptionValues, readValues } from '../../shared/command/options.ts';
import { type CommandPlace, callOf, PLACE } from '../../shared/command/place.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { type PoolIds, readPoolIds, readRegion } from '../../shared/command/user-pool.ts';
import { bareText } from '../../shared/domain/answer.ts';
import { DEFAULT_FOLDER } from '../../shared/messages/stack/outputs.ts';
import { type LocalSource, localSource } from '../common/source.ts';

export interface SignInOptions {
  readonly username: string;
  readonly password: string | undefined;
  readonly newPassword: string | undefined;
  /** Whether to order a second mail before the first answer. */
  readonly resend: boolean;
  /** Whether to print the tokens as JSON. */
  readonly tokens: boolean;
  readonly pool: PoolChoice;
}

export interface DeployedPool extends PoolIds {
  readonly kind: 'deployed';
}

/** A deployed pool, or the pool of a local system. */
export type PoolChoice = DeployedPool | LocalSource;

export const SIGN_IN = {
  name: 'sign-in',
  synopsis: '--username <email> [options]',
  summary: 'signs a user in with password and mailed code',
  options: {
    username: { kind: 'text', value: '<email>', words: 'whom' },
    password: { kind: 'text', value: '<text>', words: 'asked for if it is missing' },
    'new-password': {
      kind: 'text',
      value: '<text>',
      words: 'for users who have to choose one; asked for if it is missing',
    },
    resend: { kind: 'flag', words: 'order a second mail before answering' },
    tokens: { kind: 'flag', words: 'print the tokens as JSON' },
    'pool-id': {
      heading: 'A deployed pool',
      kind: 'text',
      value: '<id>',
      words: "the stack's output UserPoolId",
    },
    'client-id': { kind: 'text', value: '<id>', words: "the stack's output UserPoolClientId" },
    region: { kind: 'text', value: '<region>', words: "if it is not the one in the pool's id" },
    otp: {
      heading: `Or the local one (${callOf('start')})`,
      kind: 'text',
      value: '<id>',
      words: 'the id of the EmailOtp, if its app has several',
    },
    folder: {
      kind: 'text',
      value: '<path>',
      words: `the local system's folder (default ${DEFAULT_FOLDER})`,
    },
  },
  notes:
    'Six seconds after a mail was ordered, the command asks by itself how it stands. At the question for the code,\n' +
    '"status" asks again, and "resend" orders another mail. The command speaks English; the mail has the language\n' +
    "of the user's attribute locale, or the deployment's defaultLocale.",
  exits: { done: 'signed in', failed: 'anything else, such as a wrong password' },
} as const satisfies Usage;

const readPool = (values: OptionValues<typeof SIGN_IN.options>, place: CommandPlace): PoolChoice => {
  const { 'pool-id': poolId, 'client-id': clientId, region, otp, folder } = values;
  if (poolId === undefined && clientId === undefined) {
    const local = localSource(folder, '--pool-id and --client-id are missing; they say where to', place);
    if (region !== undefined) {
      throw usageError('--region goes with --pool-id; the local system has no other region');
    }
    return otp === undefined ? local : { ...local, otp };
  }
  if (folder !== undefined || otp !== undefined) {
    const [given] = folder === undefined ? ['--otp'] : ['--folder'];
    throw usageError(`${given} is for the local system, --pool-id for a deployed pool`);
  }
  const ids = readPoolIds(poolId, clientId);
  return { kind: 'deployed', ...ids, region: region === undefined ? ids.region : readRegion(region) };
};

/** Throws `CommandError`. */
export const readSignInOptions = (args: readonly string[], place: CommandPlace = PLACE): SignInOptions => {
  const values = readValues(SIGN_IN.options, args, place);
  const { password, 'new-password': newPassword, resend, tokens } = values;
  if (values.username === undefined) throw usageError('--username is missing');
  const username = bareText(values.username);
  return { username, password, newPassword, resend, tokens, pool: readPool(values, place) };
};
