import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../../../local/ground/service.ts';
import { createMemoryCognito } from '../../../../../../../support/pools/memory-cognito.ts';

const FULL = {
  RefreshTokenValidity: 10,
  AccessTokenValidity: 5,
  IdTokenValidity: 5,
  TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
  ReadAttributes: ['email'],
  WriteAttributes: ['name'],
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  SupportedIdentityProviders: ['COGNITO'],
  CallbackURLs: ['https://example.com'],
  LogoutURLs: ['https://example.com'],
  DefaultRedirectURI: 'https://example.com',
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid'],
  AllowedOAuthFlowsUserPoolClient: true,
  PreventUserExistenceErrors: 'ENABLED',
  EnableTokenRevocation: false,
  EnablePropagateAdditionalUserContextData: true,
  AuthSessionValidity: 10,
};

const start = async (creation: JsonObject) => {
  const cognito = createMemoryCognito();
  const UserPoolId = await cognito.createPool();
  const ClientId = await cognito.createClient(UserPoolId, { ClientName: 'web', ...creation });
  const ids = { UserPoolId, ClientId };
  const update = (input: JsonObject) => cognito.call('UpdateUserPoolClient', { ...input, ...ids });
  const client = async () => (await cognito.call('DescribeUserPoolClient', ids)).UserPoolClient as JsonObject;
  return { update, client };
};

describe('UpdateUserPoolClient', () => {
  test('sets everything that it leaves out to AWS’s default, but not the name', async () => {
    const { update, client } = await start(FULL);
    const untouched = await start({});

    await update({});

    const comparable = ({ ClientId, UserPoolId, CreationDate, LastModifiedDate, ...others }: JsonObject) =>
      others;
    expect(comparable(await client())).toEqual(comparable(await untouched.client()));
    expect(await client()).toMatchObject({
      ClientName: 'web',
      RefreshTokenValidity: 30,
      EnableTokenRevocation: true,
    });
    expect(await client()).not.toHaveProperty('ExplicitAuthFlows');
  });

  test('keeps everything that it is given, and answers with the client', async () => {
    const { update, client } = await start(FULL);
    const { LastModifiedDate: before } = await client();

    const { UserPoolClient } = await update(FULL);

    expect(UserPoolClient).toMatchObject(FULL);
    expect(UserPoolClient).toEqual(await client());
    expect(Number((UserPoolClient as JsonObject).LastModifiedDate)).toBeGreaterThan(Number(before));
  });
});
