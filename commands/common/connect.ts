/** Connects a command to its service: the local system or a deployed stack. The command works in the same way on both. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { askLocalClock, localClockAt } from '../../shared/clock/local-clock.ts';
import { forgetAwsEnvironment } from '../../shared/command/aws-environment.ts';
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
import { baseFolder, callOf } from '../../shared/command/place.ts';
import {
  type LocalOutputs,
  type OutputName,
  otpNamed,
  otpPrefixes,
  readLocalOutputs,
  readStackOutputs,
} from '../../shared/messages/stack/outputs.ts';
import { chooseOtp, type PickedOutputs } from './choose-otp.ts';
import { AT_RESPONSE, notingDates } from './response-date.ts';
import type { LocalSource, Source, StackSource } from './source.ts';

const BASE = baseFolder(fileURLToPath(new URL('../..', import.meta.url)));

type ClientSettings = Readonly<Pick<DynamoDBClientConfig, 'endpoint' | 'region' | 'credentials'>>;

export interface Connection<Name extends OutputName, Optional extends OutputName = never> {
  readonly outputs: PickedOutputs<Name, Optional>;
  /** The settings with which an AWS client talks to the service, in the command's role if it has one. */
  readonly settings: ClientSettings;
  /** The same with the credentials of the environment. */
  readonly ownSettings: ClientSettings;
  /** The service's time in epoch milliseconds. This machine's clock may be wrong, and the local system's may be shifted. */
  readonly now: number;
}

export interface LocalConnection<Name extends OutputName, Optional extends OutputName = never>
  extends Connection<Name, Optional> {
  readonly endpoint: string;
  /** The page that shows the mails. */
  readonly inbox: string;
}

/** A role that the stack has for a command; the local system has no roles. */
export interface Role {
  readonly output: OutputName & `${string}RoleArn`;
  /** The name of the role's session. In CloudTrail it shows which command took the role. */
  readonly session: string;
}

const askTime = async ({ endpoint }: LocalOutputs): Promise<number> => {
  try {
    return (await askLocalClock(localClockAt(endpoint))).now;
  } catch {
    // No server is there, or it is another program's.
    throw new CommandError(
      `The local system does not answer at ${endpoint}. Start it with ${callOf('start')}, or name the deployed one (--help says how).`,
      EXIT.failed,
    );
  }
};

/** Throws `CommandError` if the local system does not run, or lacks one of the outputs `names`. */
export const connectLocal = async <Name extends OutputName, Optional extends OutputName = never>(
  { folder, otp }: LocalSource,
  names: readonly Name[],
  optional: readonly Optional[] = [],
): Promise<LocalConnection<Name, Optional>> => {
  forgetAwsEnvironment();
  const local = readLocalOutputs(resolve(BASE, folder));
  if (local === undefined) {
    throw new CommandError(
      `There is no local system in ${folder} yet. Start it in another terminal with: ${callOf('start')}`,
      EXIT.failed,
    );
  }
  const texts = Object.entries(local).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const found = Object.fromEntries(texts);
  if (otpPrefixes(Object.keys(found), names).length === 0) {
    throw new CommandError(
      `The local system is older than this command. End it and start it again with: ${callOf('start')}`,
      EXIT.failed,
    );
  }
  const pools = (local.pools ?? []).map(({ otp: id, path }) => ({ id, path }));
  const named = otp === undefined ? undefined : (otpNamed(pools, otp)?.id ?? otp);
  const outputs = chooseOtp(found, names, { where: 'The local system', otp: named, optional });
  const { endpoint, region, inbox } = local;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const settings = { endpoint, region, credentials };
  return { outputs, settings, ownSettings: settings, now: await askTime(local), endpoint, inbox };
};

const isMissingStack = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

/** Returns the stack's outputs, and the time in the header of AWS's response. */
const describeStack = async (client: CloudFormationClient, name: string) => {
  let now = Number.NaN;
  const note = (date = '') => {
    now = Date.parse(date);
  };
  client.middlewareStack.add(notingDates(note), AT_RESPONSE);
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return { found: readStackOutputs(Stacks[0]?.Outputs ?? []), now };
  } catch (error) {
    if (!isMissingStack(error)) throw error;
    throw usageError(
      `There is no stack "${name}" in ${await client.config.region()} in this account. Check --stack, --region and the AWS credentials`,
    );
  } finally {
    client.destroy();
  }
};

const connectStack = async <Name extends OutputName, Optional extends OutputName>(
  source: StackSource,
  names: readonly Name[],
  role: Role | undefined,
  optional: readonly Optional[],
): Promise<Connection<Name, Optional>> => {
  const { name, region } = source;
  const ownSettings = region === undefined ? {} : { region };
  const { found, now } = await describeStack(new CloudFormationClient(ownSettings), name);
  const isOptional = role !== undefined && optional.some((output) => output === role.output);
  const wanted = role === undefined || isOptional ? names : [...names, role.output];
  const where = `The stack "${name}"`;
  const outputs = chooseOtp<OutputName, OutputName>(found, wanted, { where, otp: source.otp, optional });
  // A guessed time could be wrong, and a key that starts in the past would make the open codes wrong.
  if (Number.isNaN(now)) {
    throw new CommandError('AWS did not say what time it is. Run the command again.', EXIT.failed);
  }
  const RoleArn = role && outputs[role.output];
  if (role === undefined || RoleArn === undefined)
    return { outputs, settings: ownSettings, ownSettings, now };
  const credentials = fromTemporaryCredentials({
    params: { RoleArn, RoleSessionName: role.session, DurationSeconds: 900 },
    clientConfig: ownSettings,
  });
  return { outputs, settings: { ...ownSettings, credentials }, ownSettings, now };
};

/**
 * Throws `CommandError` if the service or one of the outputs `names` is missing, and the errors of AWS. Without the output of a
 * role that is among the `optional` ones, the service is reached with the credentials of the environment.
 */
export const connect = <Name extends OutputName, Optional extends OutputName = never>(
  source: Source,
  names: readonly Name[],
  role?: Role,
  optional: readonly Optional[] = [],
): Promise<Connection<Name, Optional>> =>
  source.kind === 'local'
    ? connectLocal(source, names, optional)
    : connectStack(source, names, role, optional);
