import { describe, expect, test } from 'vitest';
import { createMemoryCognito } from '../../../../../../../support/pools/memory-cognito.ts';
import { awsError, createFixture, POOL_ID } from '../../../fixture.ts';

const SMS = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } };
const WEB_AUTHN = {
  RelyingPartyId: 'example.com',
  UserVerification: 'required',
  FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
};

describe('GetUserPoolMfaConfig', () => {
  test('says of a pool without factors that they are off', async () => {
    const { call, createPool } = createMemoryCognito();

    expect(await call('GetUserPoolMfaConfig', { UserPoolId: await createPool() })).toEqual({
      MfaConfiguration: 'OFF',
    });
  });

  test('has the passkeys of the template', async () => {
    const { call } = createFixture({ pool: { WebAuthnRelyingPartyID: 'example.com' } });

    expect(await call('GetUserPoolMfaConfig', { UserPoolId: POOL_ID })).toEqual({
      MfaConfiguration: 'OFF',
      WebAuthnConfiguration: { RelyingPartyId: 'example.com' },
    });
  });

  test('has the messages by SMS of a pool that was made with them', async () => {
    const { call, createPool } = createMemoryCognito();
    const UserPoolId = await createPool({ MfaConfiguration: 'ON', ...SMS });

    expect(await call('GetUserPoolMfaConfig', { UserPoolId })).toEqual({
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: SMS,
    });
  });
});

describe('SetUserPoolMfaConfig', () => {
  const config = {
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Message: '{####}', Subject: 'Code' },
    WebAuthnConfiguration: WEB_AUTHN,
  };

  test('keeps all of it, and what it leaves out afterwards is off', async () => {
    const { call, createPool } = createMemoryCognito();
    const UserPoolId = await createPool();

    expect(await call('SetUserPoolMfaConfig', { ...config, UserPoolId })).toEqual(config);
    expect(await call('GetUserPoolMfaConfig', { UserPoolId })).toEqual(config);
    await call('SetUserPoolMfaConfig', { MfaConfiguration: 'OFF', UserPoolId });
    expect(await call('GetUserPoolMfaConfig', { UserPoolId })).toEqual({ MfaConfiguration: 'OFF' });
  });

  test('is untouched by UpdateUserPool, save that MFA is off where the update says nothing of it', async () => {
    const { call, createPool } = createMemoryCognito();
    const UserPoolId = await createPool();
    await call('SetUserPoolMfaConfig', { ...config, UserPoolId });

    await call('UpdateUserPool', { UserPoolId });

    expect(await call('GetUserPoolMfaConfig', { UserPoolId })).toEqual({
      ...config,
      MfaConfiguration: 'OFF',
    });
    expect(await call('UpdateUserPool', { UserPoolId, MfaConfiguration: 'ON' })).toEqual({});
  });
});

test('a pool is made with MFA only if it can send messages', async () => {
  const { createPool } = createMemoryCognito();

  await expect(createPool({ MfaConfiguration: 'ON' })).rejects.toMatchObject(
    awsError('InvalidParameterException', /SMS configuration/),
  );
});
