/** Connects a command to its service: the local system or a deployed stack. The command works in the same way on both. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { forgetAwsEnvironment } from '../../shared/command/aws-environment.ts';
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
import { LOCAL_CLOCK_PATH, type LocalClock } from '../../shared/messages/local-clock.ts';
import {
  type LocalOutputs,
  type OutputName,
  pickOutputs,
  readLocalOutputs,
  readStackOutputs,
} from '../../shared/messages/outputs.ts';
import type { LocalSource, Source, StackSource } from './source.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Connection<Name extends OutputName> {
  readonly outputs: Readonly<Record<Name, string>>;
  /** The settings with which an AWS client talks to the service. */
  readonly settings: Readonly<Pick<DynamoDBClientConfig, 'endpoint' | 'region' | 'credentials'>>;
  /** The service's time in epoch milliseconds. This machine's clock may be wrong, and the local system's may be shifted. */
  readonly now: number;
  /** The page that shows the mails; only the local system has one. */
  readonly inbox?: string;
}

/** A role that the stack has for a command; the local system has no roles. */
export interface Role {
  readonly output: OutputName & `${string}RoleArn`;
  /** The name of the role's session. In CloudTrail it shows which command took the role. */
  readonly session: string;
}

const askTime = async ({ endpoint }: LocalOutputs): Promise<number> => {
  try {
    const response = await fetch(new URL(LOCAL_CLOCK_PATH, endpoint));
    const { now } = (await response.json()) as Partial<LocalClock>;
    if (typeof now === 'number') return now;
  } catch {
    // No server is there, or it is another program's.
  }
  throw new CommandError(
    `The local system does not answer at ${endpoint}. Start it with: npm start`,
    EXIT.failed,
  );
};

const connectLocal = async <Name extends OutputName>(
  { folder }: LocalSource,
  names: readonly Name[],
): Promise<Connection<Name>> => {
  forgetAwsEnvironment();
  const local = readLocalOutputs(resolve(ROOT, folder));
  if (local === undefined) {
    throw new CommandError(
      'There is no local system yet. Start it in another terminal with: npm start',
      EXIT.failed,
    );
  }
  const outputs = pickOutputs(local, names);
  if (outputs === undefined) {
    throw new CommandError(
      'The local system is older than this command. End it and start it again with: npm start',
      EXIT.failed,
    );
  }
  const { endpoint, region, inbox } = local;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { outputs, settings: { endpoint, region, credentials }, now: await askTime(local), inbox };
};

const isMissingStack = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

/** Returns the stack's outputs, and the time in the header of AWS's response. */
const describeStack = async (client: CloudFormationClient, name: string) => {
  let now = Number.NaN;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers = {} } = result.response as { readonly headers?: Readonly<Record<string, string>> };
      now = Date.parse(headers.date ?? '');
      return result;
    },
    { step: 'deserialize', name: 'readTime' },
  );
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

const connectStack = async <Name extends OutputName>(
  { name: stack, region }: StackSource,
  names: readonly Name[],
  role: Role | undefined,
): Promise<Connection<Name>> => {
  const settings = region === undefined ? {} : { region };
  const { found, now } = await describeStack(new CloudFormationClient(settings), stack);
  const wanted = role === undefined ? names : [...names, role.output];
  const outputs = pickOutputs<OutputName>(found, wanted);
  if (outputs === undefined) {
    throw usageError(
      `The stack "${stack}" is another one, or older than this command: it lacks one of the outputs ${wanted.join(' and ')}`,
    );
  }
  // A guessed time could be wrong, and a key that starts in the past would make the open codes wrong.
  if (Number.isNaN(now)) {
    throw new CommandError('AWS did not say what time it is. Run the command again.', EXIT.failed);
  }
  if (role === undefined) return { outputs, settings, now };
  const credentials = fromTemporaryCredentials({
    params: { RoleArn: outputs[role.output], RoleSessionName: role.session, DurationSeconds: 900 },
    clientConfig: settings,
  });
  return { outputs, settings: { ...settings, credentials }, now };
};

/** Throws `CommandError` if the service or one of the outputs is missing, and the errors of AWS. */
export const connect = <Name extends OutputName>(
  source: Source,
  names: readonly Name[],
  role?: Role,
): Promise<Connection<Name>> =>
  source.kind === 'local' ? connectLocal(source, names) : connectStack(source, names, role);
