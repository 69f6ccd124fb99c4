import { expect, test } from 'vitest';
import { createPools } from '../../../../../../local/engines/cognito/pools/pools.ts';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { createMemoryState } from '../../../../../support/pools/memory-cognito.ts';
import {
  addUser,
  CLIENT_ID,
  createFixture,
  type Fixture,
  POOL_ID,
  signIn,
  temporaryFolder,
} from '../fixture.ts';

// A pool of the template is changed by what attaches triggers to it, by a console, or by a new template.

const TRIGGERS = {
  DefineAuthChallenge: 'DefineAuthChallenge',
  CreateAuthChallenge: 'CreateAuthChallenge',
  VerifyAuthChallengeResponse: 'VerifyAuthChallengeResponse',
};

type Start = () => Fixture;

/** The system before and after a restart, with the pools of the templates that it is started with. */
const restarted = (before: JsonObject = {}, after = before): readonly [Start, Start] => {
  const folder = temporaryFolder();
  return [() => createFixture({ folder, pool: before }), () => createFixture({ folder, pool: after })];
};

const describePool = async ({ call }: Fixture) =>
  (await call('DescribeUserPool', { UserPoolId: POOL_ID })).UserPool as JsonObject;
const describeClient = async ({ call }: Fixture) =>
  (await call('DescribeUserPoolClient', { UserPoolId: POOL_ID, ClientId: CLIENT_ID })).UserPoolClient;

test('an update stays after a restart with the same template', async () => {
  const [start, again] = restarted();
  const first = start();
  await addUser(first);
  await first.call('UpdateUserPool', {
    UserPoolId: POOL_ID,
    LambdaConfig: TRIGGERS,
    MfaConfiguration: 'OFF',
  });
  await first.call('UpdateUserPoolClient', {
    UserPoolId: POOL_ID,
    ClientId: CLIENT_ID,
    ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    AuthSessionValidity: 15,
  });
  const before = [await describePool(first), await describeClient(first)];

  const second = again();

  expect([await describePool(second), await describeClient(second)]).toEqual(before);
  expect(await signIn(second)).toHaveProperty('AccessToken');
});

test('what the template has changed since wins over an update, and users stay', async () => {
  const [start, again] = restarted({ DeletionProtection: 'INACTIVE' }, { DeletionProtection: 'ACTIVE' });
  const first = start();
  await addUser(first);
  await first.call('UpdateUserPool', {
    UserPoolId: POOL_ID,
    LambdaConfig: TRIGGERS,
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
  });

  const pool = await describePool(again());

  expect(pool).toMatchObject({
    DeletionProtection: 'ACTIVE',
    EstimatedNumberOfUsers: 1,
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only' }] },
  });
});

test('triggers are those of the pool at the moment of the call', async () => {
  const fixture = createFixture({ pool: { LambdaConfig: {} } });
  await addUser(fixture);
  await expect(signIn(fixture)).rejects.toMatchObject({ code: 'InvalidParameterException' });

  await fixture.call('UpdateUserPool', { UserPoolId: POOL_ID, LambdaConfig: TRIGGERS });

  expect(await signIn(fixture)).toHaveProperty('AccessToken');
  expect(fixture.triggers()).toContain('VerifyAuthChallengeResponse');
});

test('a client that was deleted does not come back with a restart', async () => {
  const [start, again] = restarted();
  await start().call('DeleteUserPoolClient', { UserPoolId: POOL_ID, ClientId: CLIENT_ID });

  const { UserPoolClients } = await again().call('ListUserPoolClients', { UserPoolId: POOL_ID });

  expect(UserPoolClients).toEqual([expect.objectContaining({ ClientId: 'other' })]);
});

test('a pool that was deleted does not come back with a restart', async () => {
  const [start, again] = restarted();
  await start().call('DeleteUserPool', { UserPoolId: POOL_ID });

  expect((await again().call('ListUserPools', { MaxResults: 60 })).UserPools).toEqual([]);
});

test('a client that the template no longer has is gone, and one that the API made stays', async () => {
  const state = createMemoryState();
  const start = (...ids: readonly string[]) => {
    const clients = ids.map((clientId) => ({ clientId, properties: {} }));
    const definitions = [{ poolId: POOL_ID, properties: {}, clients }];
    return createPools({ state, now: () => 1000, region: 'eu-central-1', accountId: '1', definitions });
  };
  const made = start('web', 'phone').createClient(POOL_ID, { ClientName: 'api' });

  const clientsOf = (pools: ReturnType<typeof start>) => [...(pools.all()[0]?.clients.keys() ?? [])];
  expect(clientsOf(start('phone'))).toEqual(['phone', made]);
  expect(clientsOf(start('phone', 'web'))).toEqual(['web', 'phone', made]);
});

test('a template that is refused takes nothing over, not even of a pool that could be played', () => {
  const state = createMemoryState();
  const start = (...pools: readonly JsonObject[]) =>
    createPools({
      state,
      now: () => 1000,
      region: 'eu-central-1',
      accountId: '123456789012',
      definitions: pools.map((properties, index) => ({
        poolId: `eu-central-1_${index}`,
        properties,
        clients: [],
      })),
    });
  start({ UserPoolName: 'shop' });
  const before = state.documents('cognito-pool').all();

  expect(() => start({ UserPoolName: 'store' }, { MfaConfiguration: 'ON' })).toThrow('(MfaConfiguration)');

  expect(state.documents('cognito-pool').all()).toEqual(before);
});
