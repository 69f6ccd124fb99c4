import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  InitiateAuthCommand,
  type LambdaConfigType,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { EXIT } from '../../../shared/command/failure.ts';
import { type PoolCommands, startPoolCommands } from '../../support/attaching/pool-commands.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import {
  createUser,
  PASSWORD,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';
import { MINUTE } from '../../support/table/challenges.ts';

// A pool that no template has made, attached to the functions of the local system and detached again. Each test continues where
// the one before ended.

let system: TestSystem;
let commands: PoolCommands;
/** The local system, seen as the pool that is attached. */
let attached: TestSystem;
let user: TestUser;

const lambdaConfig = async ({ client, poolId }: TestSystem): Promise<LambdaConfigType> =>
  (await client.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))).UserPool?.LambdaConfig ?? {};

const createPool = async ({ client }: TestSystem) => {
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({ PoolName: 'customers', AutoVerifiedAttributes: ['email'] }),
  );
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId: UserPool?.Id,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  return { poolId: UserPool?.Id ?? '', clientId: UserPoolClient?.ClientId ?? '' };
};

const run = (name: 'attach' | 'detach', ...args: readonly string[]) =>
  commands.run(name, ...args, '--pool-id', attached.poolId);

const passwordAlone = () =>
  system.client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: attached.clientId,
      AuthParameters: { USERNAME: user.username, PASSWORD },
    }),
  );

beforeAll(async () => {
  system = await startTestSystem();
  attached = { ...system, ...(await createPool(system)) };
  user = await createUser(attached);
  const { TableName = '' } = system.outputs;
  commands = await startPoolCommands(system, {
    TableName,
    GuardLimits: '{}',
    LambdaConfig: JSON.stringify(await lambdaConfig(system)),
    PreTokenEventVersion: 'V1_0',
    AttachRoleArn: 'arn:aws:iam::1:role/a',
  });
});
afterAll(async () => {
  commands[Symbol.dispose]();
  await stopTestSystem(system);
});

const undoFile = () => join(commands.folder, `attached-${attached.poolId}.json`);
const closing = () => {
  const doors = [attached.clientId, `${attached.clientId}:session`, 'recovery', 'deletion-protection'];
  return [...doors.flatMap((door) => ['--close', door]), '--until', '2099-01-01'];
};

describe('a user pool that exists', () => {
  it('lets users in with the password alone, and is shown to do so, without being touched', async () => {
    expect((await passwordAlone()).AuthenticationResult).toBeDefined();

    const { exit, stdout, stderr } = await run('attach', '--plan');

    expect(exit, stderr).toBe(EXIT.refused);
    expect(stdout).toContain(`${attached.clientId} of the client web: open, and in the way`);
    expect(stderr).toContain('It would be refused; the plan says why.');
    expect(await lambdaConfig(attached)).toEqual({});
    expect(existsSync(undoFile())).toBe(false);
  });

  it('is not attached without a person or a word', async () => {
    expect(await run('attach')).toMatchObject({
      exit: EXIT.usage,
      stderr: expect.stringContaining('There is no terminal to ask at; add --yes'),
    });
  });

  it('asks for a code once it is attached, of which a program gets one document', async () => {
    const { exit, stdout, stderr } = await run('attach', ...closing(), '--yes', '--json');

    expect(exit, stderr).toBe(EXIT.done);
    expect(JSON.parse(stdout)).toMatchObject({
      userPoolId: attached.poolId,
      plan: { tainted: [attached.clientId], refusals: [] },
      outcome: { kind: 'done', already: false },
    });
    await expect(passwordAlone()).rejects.toThrow();
    const step = await provePassword(system.client, user);
    await answerCode(system.client, user, step, await waitForCode(system, user));
  });

  it('is found as it was attached, until somebody changes it', async () => {
    const { poolId: UserPoolId } = attached;
    expect((await run('attach', '--check')).exit).toBe(EXIT.done);

    const { PreTokenGeneration: _, PreTokenGenerationConfig: __, ...others } = await lambdaConfig(attached);
    await system.client.send(
      new UpdateUserPoolCommand({ UserPoolId, LambdaConfig: others, DeletionProtection: 'ACTIVE' }),
    );

    expect(await run('attach', '--check')).toMatchObject({
      exit: EXIT.drift,
      stdout: expect.stringContaining('trigger-gone PreTokenGeneration'),
    });
    expect((await run('attach', '--close', 'recovery', '--yes')).exit).toBe(EXIT.done);
    expect((await run('attach', '--check')).exit).toBe(EXIT.done);
  });

  it('is clean of earlier sessions once everybody is signed out', async () => {
    expect(await run('attach', '--revoke', '--yes')).toMatchObject({
      exit: EXIT.refused,
      stderr: expect.stringContaining('may still give tokens as before until'),
    });
    system.clock.adjust({ offsetMs: 2 * MINUTE });
    expect(await run('attach', '--revoke', '--yes')).toMatchObject({
      exit: EXIT.done,
      stdout: expect.stringContaining('From now on the tokens of these clients say that a code was given.'),
    });
    expect((await run('attach', '--revoke', '--yes')).stdout).toMatch(/1 user is signed out\.\n$/);
  });

  it('lets users in with the password alone again once it is detached', async () => {
    const { exit, stderr } = await run('detach', '--yes');

    expect(exit, stderr).toBe(EXIT.done);
    expect(await lambdaConfig(attached)).toEqual({});
    expect((await passwordAlone()).AuthenticationResult).toBeDefined();
    const { UserPoolClient } = await system.client.send(
      new DescribeUserPoolClientCommand({ UserPoolId: attached.poolId, ClientId: attached.clientId }),
    );
    expect(UserPoolClient?.ExplicitAuthFlows).toContain('ALLOW_USER_PASSWORD_AUTH');
    expect([existsSync(undoFile()), existsSync(`${undoFile()}.undone`)]).toEqual([false, true]);
  });
});
