import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { createMemoryCognito } from '../../../../../support/pools/memory-cognito.ts';
import { awsError } from '../fixture.ts';

const start = async () => {
  const cognito = createMemoryCognito();
  const UserPoolId = await cognito.createPool();
  const ClientId = await cognito.createClient(UserPoolId);
  const pool = async () => (await cognito.call('DescribeUserPool', { UserPoolId })).UserPool as JsonObject;
  const client = async () =>
    (await cognito.call('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient as JsonObject;
  return { ...cognito, UserPoolId, ClientId, pool, client };
};

describe('a property that no SDK knows', () => {
  test('is shown at its place beside the others, and lost in an update without it', async () => {
    const { call, seams, UserPoolId, pool } = await start();
    seams.setUnknownProperty(UserPoolId, 'NewGuard', { Mode: 'ON' });
    seams.setUnknownProperty(UserPoolId, 'Policies.PasswordPolicy.NewRule', true);

    expect(await pool()).toMatchObject({
      NewGuard: { Mode: 'ON' },
      Policies: { PasswordPolicy: { NewRule: true, MinimumLength: 8 } },
    });
    await call('UpdateUserPool', { UserPoolId, Policies: { PasswordPolicy: { NewRule: false } } });
    expect(await pool()).not.toHaveProperty('NewGuard');
    expect(await pool()).toMatchObject({ Policies: { PasswordPolicy: { NewRule: false } } });
  });

  test('is the same in a client', async () => {
    const { call, seams, UserPoolId, ClientId, client } = await start();
    seams.setUnknownClientProperty(UserPoolId, ClientId, 'RefreshTokenRotation.NewMode', 'FAST');

    expect(await client()).toMatchObject({ RefreshTokenRotation: { NewMode: 'FAST' } });
    await call('UpdateUserPoolClient', { UserPoolId, ClientId });
    expect(await client()).not.toHaveProperty('RefreshTokenRotation');
  });
});

test('a tag of AWS’s own is shown, and no update loses it', async () => {
  const { call, seams, UserPoolId, pool } = await start();
  seams.setSystemTag(UserPoolId, 'aws:cloudformation:stack-name', 'shop');

  await call('UpdateUserPool', { UserPoolId, UserPoolTags: { stage: 'test' } });

  expect((await pool()).UserPoolTags).toEqual({ stage: 'test', 'aws:cloudformation:stack-name': 'shop' });
});

test.each(['UpdateUserPool', 'UpdateUserPoolClient', 'SetUserPoolMfaConfig'] as const)(
  'the next %s fails if a test wants it, writes nothing, and the one after it succeeds',
  async (operation) => {
    const { call, seams, UserPoolId, ClientId, pool, client } = await start();
    const before = [await pool(), await client()];
    seams.failNext(operation);

    const request = { UserPoolId, ClientId };
    await expect(call(operation, request)).rejects.toMatchObject(awsError('ConcurrentModificationException'));
    expect([await pool(), await client()]).toEqual(before);
    await call(operation, request);
    expect([await pool(), await client()]).not.toEqual(before);
  },
);

test('a test cannot change what is not there', async () => {
  const { seams, UserPoolId } = await start();

  expect(() => seams.setUnknownProperty('eu-central-1_Nowhere', 'A', 1)).toThrow('does not exist');
  expect(() => seams.setUnknownClientProperty(UserPoolId, 'nobody', 'A', 1)).toThrow('does not exist');
  expect(() => seams.setSystemTag('eu-central-1_Nowhere', 'aws:a', '1')).toThrow('does not exist');
});
