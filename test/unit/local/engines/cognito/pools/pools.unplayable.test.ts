import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { createMemoryCognito } from '../../../../../support/pools/memory-cognito.ts';
import {
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  PASSWORD,
  POOL_ID,
  provePassword,
  respond,
} from '../fixture.ts';

// A pool that exists may have what no sign-in is played with here. It can be made and shown all the same, so that it can be closed.

const SMS = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } };
const UNPLAYABLE: readonly [string, JsonObject][] = [
  ['MfaConfiguration', { MfaConfiguration: 'OPTIONAL', ...SMS }],
  ['MfaConfiguration', { MfaConfiguration: 'ON', ...SMS }],
  ['DeviceConfiguration', { DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } }],
  ['AliasAttributes', { AliasAttributes: ['email'] }],
  ['UsernameAttributes', { UsernameAttributes: ['phone_number'] }],
  [
    'AllowedFirstAuthFactors',
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
  ],
  ['LambdaConfig.UserMigration', { LambdaConfig: { UserMigration: 'arn' } }],
];

const signIn = (cognito: ReturnType<typeof createMemoryCognito>, ClientId: string) =>
  cognito.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ada', PASSWORD },
  });

describe('a pool that the API makes with what is not played', () => {
  test.each(UNPLAYABLE)('is shown with its %s, and begins no sign-in: %j', async (name, properties) => {
    const cognito = createMemoryCognito();
    const UserPoolId = await cognito.createPool(properties);
    const ClientId = await cognito.createClient(UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    });

    expect((await cognito.call('DescribeUserPool', { UserPoolId })).UserPool).toMatchObject(properties);
    await expect(signIn(cognito, ClientId)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringContaining(`(${name})`),
    });
  });

  test('begins sign-ins once it is closed', async () => {
    const cognito = createMemoryCognito();
    const UserPoolId = await cognito.createPool({ MfaConfiguration: 'OPTIONAL', ...SMS });
    const ClientId = await cognito.createClient(UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    });
    await cognito.call('AdminCreateUser', { UserPoolId, Username: 'ada' });
    const user = { UserPoolId, Username: 'ada', Password: PASSWORD, Permanent: true };
    await cognito.call('AdminSetUserPassword', user);

    await cognito.call('UpdateUserPool', { UserPoolId });

    expect(await signIn(cognito, ClientId)).toHaveProperty('AuthenticationResult.AccessToken');
  });
});

test('passkeys as second factors change no sign-in while MFA is off', async () => {
  const fixture = createFixture();
  await addUser(fixture);

  await fixture.call('SetUserPoolMfaConfig', {
    UserPoolId: POOL_ID,
    WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' },
  });

  expect(await provePassword(fixture)).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
});

test('a sign-in that has begun ends where the pool gets a second factor of its own; who is signed in refreshes on', async () => {
  const fixture = createFixture();
  await addUser(fixture);
  const pending = await provePassword(fixture);
  const { AuthenticationResult } = await respond(fixture, await provePassword(fixture), { ANSWER: '424242' });

  const config = {
    UserPoolId: POOL_ID,
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  };
  await fixture.call('SetUserPoolMfaConfig', config);

  await expect(respond(fixture, pending, { ANSWER: '424242' })).rejects.toMatchObject(
    awsError(
      'InvalidParameterException',
      new RegExp(`^No sign-in is played here: The user pool ${POOL_ID} offers`),
    ),
  );
  const { RefreshToken } = AuthenticationResult as { RefreshToken: string };
  const refresh = { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken } };
  expect(await fixture.call('InitiateAuth', { ClientId: CLIENT_ID, ...refresh })).toHaveProperty(
    'AuthenticationResult.AccessToken',
  );
});
