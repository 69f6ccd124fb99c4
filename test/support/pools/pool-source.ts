/** What the commands `attach` and `detach` work on, in memory: the local Cognito and a table, behind the SDK's own clients. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PoolDeployment } from '../../../commands/pool/deployment.ts';
import { createPoolUsers } from '../../../commands/pool/pool-users.ts';
import type { PoolSource } from '../../../commands/pool/source.ts';
import type { Talk } from '../../../commands/pool/talk.ts';
import { createPoolApi } from '../../../shared/pool/cognito-pool.ts';
import type { TriggerArns } from '../../../shared/pool/places.ts';
import { createClientRecords } from '../../../shared/table/client-records.ts';
import { NOW } from '../table/challenges.ts';
import { aMemoryEngine } from '../table/memory-engine.ts';
import { createMemoryClient } from './memory-client.ts';
import { createMemoryCognito, MEMORY_REGION, type MemoryCognito } from './memory-cognito.ts';

const functionArn = (name: string): string => `arn:aws:lambda:${MEMORY_REGION}:123456789012:function:${name}`;

export const TRIGGERS: TriggerArns = {
  DefineAuthChallenge: functionArn('Otp-Define'),
  CreateAuthChallenge: functionArn('Otp-Create'),
  VerifyAuthChallengeResponse: functionArn('Otp-Verify'),
  PreTokenGeneration: functionArn('Otp-Guard'),
};

export const aDeployment = (userPoolId: string, more: Partial<PoolDeployment> = {}): PoolDeployment => ({
  userPoolId,
  region: MEMORY_REGION,
  triggers: TRIGGERS,
  eventVersion: 'V1_0',
  reporting: {},
  codeSeconds: 300,
  accepted: [],
  knowsTaints: true,
  attachedBy: 'command',
  namesPool: true,
  ...more,
});

/** A pool without doors of its own; `OPEN_CLIENT` and others are added by the test. */
const SAFE_POOL = {
  PoolName: 'customers',
  DeletionProtection: 'ACTIVE',
  AutoVerifiedAttributes: ['email'],
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
};

/** A client with a code alone, and no other doors. */
export const SAFE_CLIENT = {
  ClientName: 'web',
  ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  AuthSessionValidity: 15,
  PreventUserExistenceErrors: 'ENABLED',
  WriteAttributes: ['locale'],
};

export const OPEN_CLIENT = {
  ...SAFE_CLIENT,
  ClientName: 'old',
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
};

type Interrupt = (operation: string) => unknown;

export interface MemoryPool {
  readonly source: PoolSource;
  readonly cognito: MemoryCognito;
  readonly userPoolId: string;
  /** Ids by the names that the clients were given. */
  readonly clientIds: Readonly<Record<string, string>>;
  /** The names of Cognito's operations so far. */
  readonly calls: readonly string[];
  /** Called before each of Cognito's operations; may throw. */
  interrupt(before: Interrupt): void;
  /** The same pool and table for another deployment, or at another time. */
  with(more: Partial<PoolDeployment>, now?: number): PoolSource;
  pool(): Promise<Readonly<Record<string, unknown>>>;
  client(name: string): Promise<Readonly<Record<string, unknown>>>;
}

export const aMemoryPool = async (
  clients: readonly (typeof SAFE_CLIENT)[],
  pool: object = {},
): Promise<MemoryPool> => {
  const cognito = createMemoryCognito();
  const userPoolId = await cognito.createPool({ ...SAFE_POOL, ...pool });
  const ids: Record<string, string> = {};
  for (const client of clients) ids[client.ClientName] = await cognito.createClient(userPoolId, client);
  const calls: string[] = [];
  let interrupt: Interrupt = () => undefined;
  const { client } = createMemoryClient(cognito, async ({ operation }) => {
    calls.push(operation);
    await interrupt(operation);
  });
  const credentials = { accessKeyId: 'memory', secretAccessKey: 'memory' };
  const table = new DynamoDBClient({ region: MEMORY_REGION, credentials, requestHandler: aMemoryEngine() });
  const sourceOf = (more: Partial<PoolDeployment>, now = NOW): PoolSource => ({
    api: createPoolApi(client, userPoolId),
    users: createPoolUsers(client, userPoolId),
    records: createClientRecords(table, 'table'),
    deployment: aDeployment(userPoolId, more),
    now,
    again: async () => ({ deployment: aDeployment(userPoolId, more), now }),
  });
  return {
    source: sourceOf({}),
    cognito,
    userPoolId,
    clientIds: ids,
    calls,
    interrupt: (before) => {
      interrupt = before;
    },
    with: sourceOf,
    pool: async () =>
      (await cognito.call('DescribeUserPool', { UserPoolId: userPoolId })).UserPool as Record<
        string,
        unknown
      >,
    client: async (name) =>
      (await cognito.call('DescribeUserPoolClient', { UserPoolId: userPoolId, ClientId: ids[name] }))
        .UserPoolClient as Record<string, unknown>,
  };
};

export interface HeardTalk extends Talk {
  readonly said: readonly string[];
  readonly progressed: readonly string[];
  readonly documents: readonly Readonly<Record<string, unknown>>[];
  readonly asked: readonly string[];
}

/** Somebody who agrees to everything, or to nothing. */
export const aTalk = (agrees = true): HeardTalk => {
  const [said, progressed, asked]: string[][] = [[], [], []] as const;
  const documents: Readonly<Record<string, unknown>>[] = [];
  return {
    said: said as string[],
    progressed: progressed as string[],
    asked: asked as string[],
    documents,
    say: (text) => void said?.push(text),
    progress: (text) => void progressed?.push(text),
    document: (content) => void documents.push(JSON.parse(JSON.stringify(content))),
    agreesTo: async (words) => {
      asked?.push(words);
      return agrees;
    },
  };
};
