/** Where `npm run audit` reads: the local system's table and pool, or those of a deployed stack. */
import { resolve } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTrail, type Trail } from '../../shared/trail.ts';
import type { Source } from './audit-options.ts';
import { type LocalOutputs, readLocalOutputs } from './local-outputs.ts';
import { UsageError } from './options.ts';

export interface AuditSource extends Disposable {
  readonly trail: Trail;
  /** The time as the service sees it, in epoch milliseconds. */
  readonly now: number;
  /** The user's sub; undefined where the pool has no such user. */
  findUser(username: string): Promise<string | undefined>;
}

/** The local system does not run; the message says how to start it. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

type ClientSettings = ConstructorParameters<typeof DynamoDBClient>[0];

interface Place {
  readonly poolId: string;
  readonly tableName: string;
}

const openPlace = (settings: ClientSettings, { poolId, tableName }: Place, now: number): AuditSource => {
  const dynamo = new DynamoDBClient(settings ?? {});
  const cognito = new CognitoIdentityProviderClient(settings ?? {});
  return {
    trail: createTrail(dynamo, tableName),
    now,
    findUser: async (username) => {
      try {
        const user = await cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: username }));
        return user.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
      } catch (error) {
        if (error instanceof UserNotFoundException) return undefined;
        throw error;
      }
    },
    [Symbol.dispose]: () => {
      dynamo.destroy();
      cognito.destroy();
    },
  };
};

/** The local system's time may be shifted, so it is asked for it. */
const askTime = async ({ endpoint }: LocalOutputs): Promise<number> => {
  try {
    const response = await fetch(new URL('/_local/clock.json', endpoint));
    const { now } = (await response.json()) as { readonly now: unknown };
    if (typeof now === 'number') return now;
  } catch {
    // Nothing answers there, or something else does.
  }
  throw new NotRunningError(`The local system does not answer at ${endpoint}. Start it with: npm start`);
};

const openLocal = async (folder: string): Promise<AuditSource> => {
  const outputs = readLocalOutputs(folder);
  if (!outputs?.tableName) {
    throw new NotRunningError('There is no local system yet. Start it in another terminal with: npm start');
  }
  const { endpoint, region } = outputs;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return openPlace({ endpoint, region, credentials }, outputs, await askTime(outputs));
};

const isMissingStack = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

const describeStack = async (client: CloudFormationClient, name: string): Promise<Place> => {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const output = (key: string) =>
      Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    const [poolId, tableName] = [output('UserPoolId'), output('TableName')];
    if (poolId !== undefined && tableName !== undefined) return { poolId, tableName };
  } catch (error) {
    if (!isMissingStack(error)) throw error;
    throw new UsageError(
      `There is no stack "${name}" in ${await client.config.region()} in this account. Check --stack, --region and the AWS credentials.`,
    );
  } finally {
    client.destroy();
  }
  throw new UsageError(`The stack "${name}" is another one: it has no outputs UserPoolId and TableName.`);
};

/** `root` is the project's folder. Throws `NotRunningError`, `UsageError`, and what AWS refuses. */
export const openAuditSource = async (source: Source, root: string): Promise<AuditSource> => {
  if (source.kind === 'local') return openLocal(resolve(root, source.folder));
  const settings = source.region === undefined ? {} : { region: source.region };
  const place = await describeStack(new CloudFormationClient(settings), source.name);
  return openPlace(settings, place, Date.now());
};
