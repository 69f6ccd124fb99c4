import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { createMemoryCognito, createMemoryState } from '../../../../../support/pools/memory-cognito.ts';
import { awsError } from '../fixture.ts';

const NOT_FOUND = { code: 'ResourceNotFoundException' };

describe('a pool that the API makes', () => {
  test('has an id, an ARN and a name, and is listed', async () => {
    const { call } = createMemoryCognito();

    const { UserPool } = await call('CreateUserPool', { PoolName: 'shop' });

    const { Id, Arn } = UserPool as { Id: string; Arn: string };
    expect(Id).toMatch(/^eu-central-1_[0-9a-z]{9}$/);
    expect(Arn).toBe(`arn:aws:cognito-idp:eu-central-1:123456789012:userpool/${Id}`);
    expect((await call('ListUserPools', { MaxResults: 60 })).UserPools).toEqual([
      expect.objectContaining({ Id, Name: 'shop' }),
    ]);
  });

  test('is there after a restart, as it was left, with its clients and users', async () => {
    const state = createMemoryState();
    const before = createMemoryCognito({ state });
    const UserPoolId = await before.createPool({ DeletionProtection: 'ACTIVE' });
    const ClientId = await before.createClient(UserPoolId, { GenerateSecret: true });
    await before.call('AdminCreateUser', { UserPoolId, Username: 'ada' });
    const described = (cognito: typeof before) =>
      Promise.all([
        cognito.call('DescribeUserPool', { UserPoolId }),
        cognito.call('DescribeUserPoolClient', { UserPoolId, ClientId }),
        cognito.call('ListUsers', { UserPoolId }),
      ]);

    const after = createMemoryCognito({ state });

    expect(await described(after)).toEqual(await described(before));
    expect((await described(after))[0].UserPool).toMatchObject({ EstimatedNumberOfUsers: 1 });
  });

  test('goes with its clients, users and groups', async () => {
    const state = createMemoryState();
    const cognito = createMemoryCognito({ state });
    const UserPoolId = await cognito.createPool();
    const ClientId = await cognito.createClient(UserPoolId);
    await cognito.call('AdminCreateUser', { UserPoolId, Username: 'ada' });
    await cognito.call('CreateGroup', { UserPoolId, GroupName: 'staff' });

    await cognito.call('DeleteUserPool', { UserPoolId });

    await expect(cognito.call('DescribeUserPool', { UserPoolId })).rejects.toMatchObject(
      awsError('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`),
    );
    await expect(cognito.call('RevokeToken', { ClientId, Token: 'x' })).rejects.toMatchObject(NOT_FOUND);
    for (const kind of ['cognito-pool', 'cognito-client', 'cognito-user', 'cognito-group'])
      expect(state.documents(kind).all()).toEqual([]);
  });

  test('stays while it is protected', async () => {
    const { call, createPool } = createMemoryCognito();
    const UserPoolId = await createPool({ DeletionProtection: 'ACTIVE' });

    await expect(call('DeleteUserPool', { UserPoolId })).rejects.toMatchObject(
      awsError('InvalidParameterException', /deletion protection is activated/),
    );
    await call('UpdateUserPool', { UserPoolId });
    expect(await call('DeleteUserPool', { UserPoolId })).toEqual({});
  });
});

describe('a client that the API makes', () => {
  test('is one of its pool’s alone', async () => {
    const { call, createPool, createClient } = createMemoryCognito();
    const [mine, other] = [await createPool(), await createPool()];
    const ClientId = await createClient(mine, { ClientName: 'web' });

    expect(ClientId).toMatch(/^[0-9a-z]{26}$/);
    expect((await call('ListUserPoolClients', { UserPoolId: mine })).UserPoolClients).toEqual([
      { ClientId, UserPoolId: mine, ClientName: 'web' },
    ]);
    for (const operation of ['DescribeUserPoolClient', 'UpdateUserPoolClient', 'DeleteUserPoolClient']) {
      await expect(call(operation, { UserPoolId: other, ClientId })).rejects.toMatchObject(NOT_FOUND);
    }
  });

  test('is gone once it is deleted, and the others stay', async () => {
    const { call, createPool, createClient } = createMemoryCognito();
    const UserPoolId = await createPool();
    const [first, second] = [await createClient(UserPoolId), await createClient(UserPoolId)];

    await call('DeleteUserPoolClient', { UserPoolId, ClientId: first });

    const { UserPoolClients } = await call('ListUserPoolClients', { UserPoolId });
    expect((UserPoolClients as readonly JsonObject[]).map(({ ClientId }) => ClientId)).toEqual([second]);
  });
});

test('each write has a later time, also within a millisecond', async () => {
  const { call, createPool } = createMemoryCognito();
  const UserPoolId = await createPool();
  const times: unknown[] = [];

  for (let write = 0; write < 5; write += 1) {
    await call('UpdateUserPool', { UserPoolId });
    const { UserPool } = await call('DescribeUserPool', { UserPoolId });
    times.push((UserPool as JsonObject).LastModifiedDate);
  }

  expect(new Set(times).size).toBe(5);
  expect(times.toSorted()).toEqual(times);
});

test('a thousand pools are made, changed and described in seconds', async () => {
  const { call, createPool, createClient } = createMemoryCognito();
  const began = performance.now();

  for (let number = 0; number < 1000; number += 1) {
    const UserPoolId = await createPool({ PoolName: `pool-${number}` });
    const ClientId = await createClient(UserPoolId);
    await call('UpdateUserPool', { UserPoolId });
    await call('UpdateUserPoolClient', { UserPoolId, ClientId });
    const { UserPool } = await call('DescribeUserPool', { UserPoolId });
    expect(UserPool).toMatchObject({ Name: `pool-${number}` });
  }

  expect(performance.now() - began).toBeLessThan(20_000);
});
