/**
 * A user pool that somebody else has made, with a user in it, on MiniStack: the second factor is attached by the deployment and by
 * the command, and taken off again. Each test continues where the one before ended. MiniStack merges an update of a pool, where AWS
 * resets what is left out, so this says nothing of lost properties; test/unit/shared/pool does.
 */
import { join } from 'node:path';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  InitiateAuthCommand,
  type LambdaConfigType,
  UpdateUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT_ID } from '../../local/ground/template.ts';
import { MINISTACK, type Ministack, startMinistack } from '../support/ministack/ministack.ts';
import { createShell, type Shell, succeed } from '../support/ministack/shell.ts';
import { bootstrap, deployed } from '../support/ministack/stack.ts';
import { claimsOf, cognitoOf, createUser, type DeployedUser, signInAs } from '../support/ministack/users.ts';
import { run } from '../support/process/process.ts';
import { pythonEnvironment } from '../support/process/python.ts';
import { createSay } from '../support/process/say.ts';

const ROOT = join(import.meta.dirname, '../..');
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
const APP = `node ${join(import.meta.dirname, 'existing-pool-app.ts')}`;
const LOG_SHOWN = 4_000;
/** ISO, in UTC. */
const FAR = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
const PLACES = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'PreTokenGeneration',
] as const;

const say = createSay();

let ministack: Ministack;
let shell: Shell;
let poolId: string;
/** The client that there has always been: the password alone is enough. */
let oldClient: string;
/** A client with the code from its first day. */
let newClient: string;
let ada: DeployedUser;
let before: UserPoolType;

const cognito = () => cognitoOf(ministack);

const cdk = (args: readonly string[], context: Readonly<Record<string, string>>) => {
  const settings = Object.entries({ userPoolId: poolId, ...context }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const fixed = ['--app', APP, '--output', join(ministack.folder, 'cdk.out'), '--no-notices', '--ci'];
  return run(process.execPath, [CDK, ...args, ...fixed, ...settings], ministack.environment);
};
const deploy = (context: Readonly<Record<string, string>>) =>
  cdk(['deploy', '--require-approval', 'never', '--progress', 'events'], context);
const REPORTING = () => JSON.stringify({ [oldClient]: { until: FAR, reason: 'not moved yet' } });

const describePool = async (): Promise<UserPoolType> =>
  (await cognito().send(new DescribeUserPoolCommand({ UserPoolId: poolId }))).UserPool ?? {};
const triggers = async (): Promise<LambdaConfigType> => (await describePool()).LambdaConfig ?? {};
const placesTaken = async (): Promise<readonly string[]> => {
  const config = await triggers();
  return PLACES.filter((place) => config[place] !== undefined);
};

/**
 * What of a pool is not of the moment. On AWS the older name of the days for an invitation follows the newer one, and is not written;
 * MiniStack forgets it then.
 */
const lasting = ({ LastModifiedDate: _, EstimatedNumberOfUsers: __, ...pool }: UserPoolType) => {
  const { UnusedAccountValidityDays, ...inviting } = pool.AdminCreateUserConfig ?? {};
  return { ...pool, AdminCreateUserConfig: inviting };
};

const withPassword = async (clientId: string) => {
  const { AuthenticationResult } = await cognito().send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: ada.username, PASSWORD: ada.password },
    }),
  );
  return claimsOf(AuthenticationResult?.IdToken);
};
/** Somebody new each time, as the newest mail to them has to be this sign-in's. */
const withCode = async (name: string) => {
  const outputs = { UserPoolId: poolId, UserPoolClientId: newClient };
  const user = await createUser(cognito(), outputs, `${name}@example.com`);
  const result = await signInAs(ministack, user);
  if (result.kind === 'refused') throw new Error(result.reason);
  return claimsOf(result.tokens.IdToken);
};

const createClient = async (ClientName: string, flow: 'ALLOW_USER_PASSWORD_AUTH' | 'ALLOW_CUSTOM_AUTH') => {
  const { UserPoolClient } = await cognito().send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName,
      ExplicitAuthFlows: [flow, 'ALLOW_REFRESH_TOKEN_AUTH'],
      AuthSessionValidity: 15,
    }),
  );
  return UserPoolClient?.ClientId ?? '';
};

beforeAll(async () => {
  ministack = await startMinistack(await pythonEnvironment(MINISTACK, say));
  shell = await createShell(ministack, say);
  await succeed(shell, 'aws sesv2 create-email-identity --email-identity otp@example.com');
  const { UserPool } = await cognito().send(
    new CreateUserPoolCommand({
      PoolName: 'shop',
      LambdaConfig: { PostAuthentication: `arn:aws:lambda:us-east-1:${ACCOUNT_ID}:function:theirs` },
      AutoVerifiedAttributes: ['email'],
    }),
  );
  poolId = UserPool?.Id ?? '';
  oldClient = await createClient('web', 'ALLOW_USER_PASSWORD_AUTH');
  newClient = await createClient('web-with-code', 'ALLOW_CUSTOM_AUTH');
  const outputs = { UserPoolId: poolId, UserPoolClientId: oldClient };
  ada = await createUser(cognito(), outputs, 'ada@example.com');
  before = lasting(await describePool());
  await bootstrap(ministack);
  say('bootstrapped');
}, 300_000);
afterAll(() => ministack?.end());
beforeEach(({ onTestFailed }) =>
  onTestFailed(() => console.log(`MiniStack's log:\n${ministack.log().slice(-LOG_SHOWN)}`)),
);

describe('attached by the deployment', () => {
  it('is refused while a client is open, by the client’s name, and the pool is as it was', async () => {
    const { code, output } = await deploy({});

    expect(code).not.toBe(0);
    expect(output).toContain(oldClient);
    expect(lasting(await describePool())).toEqual(before);
    await cdk(['destroy', '--force'], {});
  });

  it('calls our functions from then on, and the client that is reporting works on, without the claim', async () => {
    const { code, output } = await deploy({ reporting: REPORTING() });

    expect(code, output).toBe(0);
    expect(await placesTaken()).toEqual(PLACES);
    expect(await triggers()).toMatchObject({ PostAuthentication: expect.stringMatching(/:theirs$/) });
    expect(await withPassword(oldClient)).not.toHaveProperty('email_otp');
    expect(await withCode('ben')).toMatchObject({ email_otp: 'verified' });
  });

  it('goes back to the functions from before when an update fails', async () => {
    const attached = await triggers();

    const { code } = await deploy({ reporting: REPORTING(), codeLength: '8', fails: 'true' });

    expect(code).not.toBe(0);
    expect(await triggers()).toEqual(attached);
    expect(await withCode('clara')).toMatchObject({ email_otp: 'verified' });
  });

  it('is updated', async () => {
    const { code, output } = await deploy({ reporting: REPORTING(), codeLength: '8' });

    expect(code, output).toBe(0);
    expect(await placesTaken()).toEqual(PLACES);
    expect(await withCode('dora')).toMatchObject({ email_otp: 'verified' });
  });

  it('is taken off with the stack: the pool is as it was, and the user signs in as before', async () => {
    await cdk(['destroy', '--force'], { reporting: REPORTING(), codeLength: '8' });

    await expect(deployed(ministack, 'Attached')).rejects.toThrow('does not exist');
    expect(lasting(await describePool())).toEqual(before);
    expect(await withPassword(oldClient)).not.toHaveProperty('email_otp');
  });
});

describe('attached by the command', () => {
  const attach = (options: string) => shell(`npm run --silent attach -- --stack ByCommand ${options}`);
  const undo = () => `--undo '${ministack.folder}/undo.json'`;
  const context = () => ({ stackName: 'ByCommand', attachBy: 'command', reporting: REPORTING() });

  it('is left alone by the deployment', async () => {
    const { code, output } = await deploy(context());

    expect(code, output).toBe(0);
    expect(lasting(await describePool())).toEqual(before);
  });

  it('is shown as a plan that writes nothing', async () => {
    const { code, output } = await attach(`--plan --accept recovery ${undo()}`);

    expect(code, output).toBe(0);
    expect(output).toContain(oldClient);
    expect(lasting(await describePool())).toEqual(before);
  });

  it('is attached: a sign-in takes the code, and the reporting client works on', async () => {
    const { code, output } = await attach(`--accept recovery --yes ${undo()}`);

    expect(code, output).toBe(0);
    expect(await placesTaken()).toEqual(PLACES);
    expect(await withCode('emil')).toMatchObject({ email_otp: 'verified' });
    expect(await withPassword(oldClient)).not.toHaveProperty('email_otp');
  });

  it('is found healthy but for what may be open, and a trigger that somebody takes off is named', async () => {
    const { LambdaConfig: { DefineAuthChallenge: ours, ...others } = {} } = await describePool();
    const setTriggers = (LambdaConfig: LambdaConfigType) =>
      cognito().send(new UpdateUserPoolCommand({ UserPoolId: poolId, LambdaConfig }));

    expect(await attach('--check --accept deletion-protection')).toMatchObject({ code: 0 });
    await setTriggers(others);
    const { code, output } = await attach('--check --accept deletion-protection');
    await setTriggers({ ...others, DefineAuthChallenge: ours });

    expect(code).toBe(5);
    expect(output).toContain('DefineAuthChallenge');
  });

  it('is detached: the pool is as it was, and the user signs in as before', async () => {
    const { code, output } = await shell(`npm run --silent detach -- --stack ByCommand ${undo()} --yes`);

    expect(code, output).toBe(0);
    expect(lasting(await describePool())).toEqual(before);
    expect(await withPassword(oldClient)).not.toHaveProperty('email_otp');
  });
});
