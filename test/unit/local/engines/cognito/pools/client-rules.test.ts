import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { createMemoryCognito } from '../../../../../support/pools/memory-cognito.ts';
import { awsError } from '../fixture.ts';

const INVALID = 'InvalidParameterException';
const FLOW = 'InvalidOAuthFlowException';
const oauth = (flows: readonly string[], scopes: readonly string[] = ['openid']) => ({
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: flows,
  AllowedOAuthScopes: scopes,
});

const REFUSED: readonly [string, JsonObject, string, RegExp][] = [
  [
    'a written attribute that the pool has not',
    { WriteAttributes: ['custom:plan'] },
    INVALID,
    /^Invalid write attributes/,
  ],
  [
    'a verified flag that the client writes',
    { WriteAttributes: ['email_verified'] },
    INVALID,
    /^Invalid write attributes/,
  ],
  ['a sub that the client writes', { WriteAttributes: ['sub'] }, INVALID, /^Invalid write attributes/],
  [
    'a read attribute that the pool has not',
    { ReadAttributes: ['custom:plan'] },
    INVALID,
    /^Invalid read attributes/,
  ],
  [
    'flows of both kinds',
    { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ADMIN_NO_SRP_AUTH'] },
    INVALID,
    /legacy/,
  ],
  ['a flow that there is not', { ExplicitAuthFlows: ['ALLOW_EVERYTHING'] }, INVALID, /enum value set/],
  ['OAuth without scopes', oauth(['code'], []), INVALID, /AllowedOAuthScopes are required/],
  ['OAuth without flows', oauth([]), INVALID, /AllowedOAuthFlows and/],
  [
    'flows without scopes, with OAuth off',
    { AllowedOAuthFlows: ['code'] },
    INVALID,
    /AllowedOAuthScopes are required/,
  ],
  [
    'a machine that is also an app',
    { GenerateSecret: true, ...oauth(['client_credentials', 'code']) },
    FLOW,
    /along with code/,
  ],
  ['a machine without a secret', oauth(['client_credentials']), FLOW, /does not have a client secret/],
  ['a redirect that is no callback', { DefaultRedirectURI: 'https://example.com' }, INVALID, /CallbackURLs/],
  [
    'a rotation that is neither on nor off',
    { RefreshTokenRotation: { RetryGracePeriodSeconds: 5 } },
    INVALID,
    /feature/,
  ],
  ['a session that is too long', { AuthSessionValidity: 16 }, INVALID, /less than or equal to 15/],
];

describe('is refused, and nothing is written:', () => {
  test.each(REFUSED)('%s', async (_, { GenerateSecret, ...properties }, code, message) => {
    const { call, createPool, createClient } = createMemoryCognito();
    const UserPoolId = await createPool();
    const ClientId = await createClient(UserPoolId, { GenerateSecret, LogoutURLs: ['https://example.com'] });
    const before = await call('DescribeUserPoolClient', { UserPoolId, ClientId });

    await expect(call('UpdateUserPoolClient', { ...properties, UserPoolId, ClientId })).rejects.toMatchObject(
      awsError(code, message),
    );
    await expect(createClient(UserPoolId, { GenerateSecret, ...properties })).rejects.toMatchObject({ code });
    expect(await call('DescribeUserPoolClient', { UserPoolId, ClientId })).toEqual(before);
  });
});

test('choice-based sign-in is refused in the plan Lite', async () => {
  const { createPool, createClient } = createMemoryCognito();
  const client = { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] };

  await expect(createClient(await createPool({ UserPoolTier: 'LITE' }), client)).rejects.toMatchObject({
    code: 'FeatureUnavailableInTierException',
  });
  expect(await createClient(await createPool(), client)).toBeTypeOf('string');
});

test('attributes that the pool has are taken, its own too', async () => {
  const { call, createPool, createClient } = createMemoryCognito();
  const UserPoolId = await createPool({ Schema: [{ Name: 'plan', AttributeDataType: 'String' }] });
  const attributes = {
    ReadAttributes: ['custom:plan', 'email_verified'],
    WriteAttributes: ['custom:plan', 'email'],
  };

  const ClientId = await createClient(UserPoolId, attributes);

  const { UserPoolClient } = await call('DescribeUserPoolClient', { UserPoolId, ClientId });
  expect(UserPoolClient).toMatchObject(attributes);
});

test('a machine client with a secret is taken, and keeps it in an update', async () => {
  const { call, createPool, createClient } = createMemoryCognito();
  const UserPoolId = await createPool();
  const ClientId = await createClient(UserPoolId, { GenerateSecret: true, ...oauth(['client_credentials']) });
  const secretOf = async () => {
    const { UserPoolClient } = await call('DescribeUserPoolClient', { UserPoolId, ClientId });
    return (UserPoolClient as JsonObject).ClientSecret;
  };
  const before = await secretOf();

  await call('UpdateUserPoolClient', { UserPoolId, ClientId, ...oauth(['client_credentials']) });

  expect(before).toMatch(/^[0-9a-z]{51}$/);
  expect(await secretOf()).toBe(before);
});

test('a secret of the caller’s own is refused by name', async () => {
  const { createPool, createClient } = createMemoryCognito();

  await expect(createClient(await createPool(), { ClientSecret: 'mine' })).rejects.toMatchObject(
    awsError(INVALID, /ClientSecret .* Use GenerateSecret/),
  );
});
