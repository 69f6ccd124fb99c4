import { rmSync } from 'node:fs';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { clientSettings } from '../../../local/system.ts';
import { signInThroughEach, startAppSystem } from '../../support/apps/app-system.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import {
  createUser,
  stopTestSystem,
  type TestSystem,
  type TestSystemOptions,
  waitForCode,
} from '../../support/system/local-system.ts';

// A pool that the EmailOtp's stack does not make: the local system attaches it as a deployment does, by the same function.

const PLACES = [
  'CreateAuthChallenge',
  'DefineAuthChallenge',
  'PreTokenGeneration',
  'VerifyAuthChallengeResponse',
];

const said: string[] = [];
const start = (
  context: Readonly<Record<string, string>>,
  options: Pick<TestSystemOptions, 'folder' | 'startsUnattached'> = {},
): Promise<TestSystem> => {
  said.length = 0;
  const onAttachment = (text: string) => void said.push(text);
  return startAppSystem('pool-elsewhere', context, { ...options, onAttachment });
};

/** The places of the pool's triggers that have a function. */
const placesOf = async ({ client }: TestSystem, UserPoolId: string): Promise<readonly string[]> => {
  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
  return Object.entries(UserPool?.LambdaConfig ?? {})
    .filter(([place, arn]) => PLACES.includes(place) && arn !== undefined)
    .map(([place]) => place)
    .toSorted();
};

describe('a pool of another stack of the app', () => {
  let system: TestSystem;
  afterAll(() => stopTestSystem(system));

  it('is attached at the start, and its users need a code', async () => {
    system = await start({});
    const poolId = system.otps.find(({ id }) => id === 'ElsewhereOtp')?.outputs.UserPoolId ?? '';

    expect(said).toEqual([`The user pool ${poolId} is attached`]);
    expect(await placesOf(system, poolId)).toEqual(PLACES);
    expect(await system.absentPools()).toEqual([]);
    expect(await signInThroughEach(system, 'ElsewhereOtp')).toMatchObject([
      { claims: { email_otp: 'verified' } },
    ]);
  });

  it('is checked on a schedule, by a function that finds what it looks for', async () => {
    const { template } = system.otps.find(({ id }) => id === 'ElsewhereOtp') ?? expect.unreachable();
    const { names } =
      template
        .ofType('AWS::Lambda::Function')
        .find(({ properties }) => properties.Handler === 'attach-pool.checkHandler') ?? expect.unreachable();
    const lambda = new LambdaClient(clientSettings(system.url));

    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: names.ref }));

    expect(FunctionError, Buffer.from(Payload ?? []).toString()).toBeUndefined();
    expect(JSON.stringify(template.ofType('AWS::Events::Rule'))).toContain(names.attributes.Arn);
    // Not of the other EmailOtp either, whose stack makes the pool.
    expect(system.leftAlone).toEqual([]);
  });
});

describe('a pool that no stack of the app makes', () => {
  const ID = 'us-east-1_Live1';
  let folder: string;
  let system: TestSystem;
  afterAll(async () => {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const createPool = (more: object = {}) =>
    system.client.send(
      new CreateUserPoolCommand({
        PoolName: 'Live',
        UserPoolTags: { 'local:id': ID },
        UsernameAttributes: ['email'],
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
        ...more,
      }),
    );

  it('is attached when it is made', async () => {
    system = await start({ poolId: ID });
    folder = system.folder;
    expect([said, await system.absentPools()]).toEqual([[], [ID]]);

    await createPool();
    await system.settled();

    expect([said, await system.absentPools()]).toEqual([[`The user pool ${ID} is attached`], []]);
    expect(await placesOf(system, ID)).toEqual(PLACES);
  });

  it('has users who need a code then', async () => {
    const { UserPoolClient } = await system.client.send(
      new CreateUserPoolClientCommand({
        UserPoolId: ID,
        ClientName: 'Web',
        ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      }),
    );
    const person = await createUser({ ...system, poolId: ID, clientId: UserPoolClient?.ClientId ?? '' });
    const step = await provePassword(system.client, person);

    const { AuthenticationResult } = await answerCode(
      system.client,
      person,
      step,
      await waitForCode(system, person),
    );

    expect(AuthenticationResult?.IdToken).toBeDefined();
  });

  it('is attached no second time at the next start', async () => {
    await system.close();
    system = await start({ poolId: ID }, { folder });

    expect(said).toEqual([]);
    expect(await placesOf(system, ID)).toEqual(PLACES);
  });

  it('gets back what it had when the app has the EmailOtp no longer', async () => {
    await system.close();
    system = await start({ poolId: 'left out' }, { folder });

    expect(said).toEqual([`The user pool ${ID} is detached, because the app attaches it no longer`]);
    expect(await placesOf(system, ID)).toEqual([]);
  });

  it('ends the start with the reason where it cannot be attached', async () => {
    await system.client.send(
      new CreateUserPoolClientCommand({
        UserPoolId: ID,
        ClientName: 'Open',
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      }),
    );
    await system.close();

    const reason = /^The user pool us-east-1_Live1 is not attached: .*Open/s;

    await expect(start({ poolId: ID }, { folder })).rejects.toThrow(reason);
    // As a changed app gives way to the one before it.
    system = await start({ poolId: ID }, { folder, startsUnattached: true });

    expect(said).toEqual([expect.stringMatching(reason)]);
    expect(await placesOf(system, ID)).toEqual([]);
  });
});
