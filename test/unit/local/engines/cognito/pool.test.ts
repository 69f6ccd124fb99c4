import { describe, expect, test } from 'vitest';
import { poolsOf, readPool } from '../../../../../local/engines/cognito/pool.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';
import { aResource } from '../../a-resource.ts';

const read = (properties: JsonObject, client: JsonObject = {}) =>
  readPool({ poolId: 'eu-central-1_Abc', properties, clients: [{ clientId: 'client', properties: client }] });

describe('a pool', () => {
  test("has AWS's defaults where the template is silent", () => {
    const pool = read({});

    expect(pool).toMatchObject({ name: 'Abc', signsInWithEmail: false, caseSensitive: true, triggers: {} });
    expect(pool.passwordPolicy).toMatchObject({
      minimumLength: 8,
      symbols: true,
      temporaryPasswordMs: 604_800_000,
    });
    expect(pool.clients.get('client')).toMatchObject({
      authFlows: new Set(['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH']),
      concealsUsers: false,
      sessionMs: 180_000,
      accessTokenMs: 3_600_000,
      idTokenMs: 3_600_000,
      refreshTokenMs: 2_592_000_000,
      rotationGraceMs: undefined,
      revokesTokens: true,
      hasSecret: false,
    });
  });

  test('asks of passwords only what its policy names', () => {
    const { passwordPolicy } = read({
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } },
    });

    expect(passwordPolicy).toMatchObject({
      minimumLength: 12,
      symbols: true,
      numbers: false,
      uppercase: false,
    });
  });

  test('measures token lifetimes in the units given', () => {
    const client = {
      AccessTokenValidity: 5,
      RefreshTokenValidity: 90,
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
    };

    const { clients } = read({}, client);

    expect(clients.get('client')).toMatchObject({ accessTokenMs: 300_000, refreshTokenMs: 5_400_000 });
  });
});

test('a refresh token that is to be valid for 0 is valid for 30 days, in whatever unit', () => {
  const { clients } = read({}, { RefreshTokenValidity: 0, TokenValidityUnits: { RefreshToken: 'minutes' } });

  expect(clients.get('client')).toMatchObject({ refreshTokenMs: 2_592_000_000 });
});

test.each([true, 'true'])('a client reads what CloudFormation writes as %j', (value) => {
  const client = {
    GenerateSecret: value,
    EnableTokenRevocation: value === true ? false : 'false',
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: '60' },
  };

  expect(read({}, client).clients.get('client')).toMatchObject({
    hasSecret: true,
    revokesTokens: false,
    rotationGraceMs: 60_000,
  });
});

describe('a pool that cannot be played here', () => {
  const factors = (...AllowedFirstAuthFactors: string[]) => ({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['LambdaConfig.UserMigration', { LambdaConfig: { UserMigration: 'arn' } }, {}],
    ['LambdaVersion V4_0', { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V4_0' } } }, {}],
    ['AliasAttributes', { AliasAttributes: ['email'] }, {}],
    ['UsernameAttributes', { UsernameAttributes: ['phone_number'] }, {}],
    ['UsernameAttributes', { UsernameAttributes: ['email', 'phone_number'] }, {}],
    ['offers a second factor of its own (MfaConfiguration)', { MfaConfiguration: 'OPTIONAL' }, {}],
    ['requires a second factor of its own (MfaConfiguration)', { MfaConfiguration: 'ON' }, {}],
    ['DeviceConfiguration', { DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false } }, {}],
    [
      'WebAuthnFactorConfiguration',
      { WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' },
      {},
    ],
    ['AllowedFirstAuthFactors', factors('PASSWORD', 'EMAIL_OTP'), {}],
    ['(Invented)', { Invented: true }, {}],
    ['(Invented)', {}, { Invented: true }],
    [
      'RetryGracePeriodSeconds 61',
      {},
      { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 61 } },
    ],
  ])('is refused for %s, by name and with what to do', (name, properties, client) => {
    expect(() => read(properties, client)).toThrow(name);
    expect(() => read(properties, client)).toThrow(
      /^The local system cannot play this:\nThe (user pool eu-central-1_Abc|client client) .+ Create it with/,
    );
  });

  test.each([
    ['its path in the app', { 'aws:cdk:path': 'Shop/Users/Resource' }, 'Shop/Users'],
    ['its logical id without one', {}, 'Users0A1B2C3D'],
  ])('is called by %s, not by an id that nobody has seen', (_, metadata, name) => {
    const names = { ref: 'us-east-1_2qku7vstm', attributes: {} };
    const pool = aResource('AWS::Cognito::UserPool', { MfaConfiguration: 'ON' }, names);
    const shown = { ...pool, logicalId: 'Users0A1B2C3D', metadata };
    const [definition] = poolsOf({
      region: 'us-east-1',
      accountId: '000000000000',
      ofType: (type) => (type === pool.type ? [shown] : []),
      outputs: {},
    });

    expect(() => definition && readPool(definition)).toThrow(`The user pool ${name} requires`);
  });

  test('is told everything at once', () => {
    const properties = {
      MfaConfiguration: 'ON',
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    };

    expect(() => read(properties, { Invented: 'true' })).toThrow(
      /DeviceConfiguration.*\n.*MfaConfiguration.*\n.*Invented/,
    );
  });

  test('is none for what changes no sign-in', () => {
    const properties = {
      MfaConfiguration: 'OFF',
      WebAuthnFactorConfiguration: 'SINGLE_FACTOR',
      WebAuthnRelyingPartyID: 'example.com',
      DeviceConfiguration: {},
      UserPoolTier: 'PLUS',
      LambdaConfig: { CustomMessage: 'arn', PostConfirmation: 'arn', KMSKeyID: 'arn' },
      ...factors('PASSWORD'),
    };

    expect(
      read(properties, { AllowedOAuthFlows: ['code'], CallbackURLs: ['https://example.com'] }),
    ).toMatchObject({ id: 'eu-central-1_Abc' });
  });
});

test('CloudFormation’s Booleans may be texts', () => {
  const pool = read({
    UsernameConfiguration: { CaseSensitive: 'false' },
    Policies: { PasswordPolicy: { RequireSymbols: 'true' } },
    Schema: [
      { Name: 'name', Required: 'true' },
      { Name: 'plan', Mutable: 'false' },
    ],
  });

  expect(pool).toMatchObject({ caseSensitive: false, requiredAttributes: ['name'] });
  expect(pool.passwordPolicy.symbols).toBe(true);
  expect(pool.immutableAttributes).toContain('custom:plan');
});

test.each([
  ['a flow', { ExplicitAuthFlows: ['CUSTOM_AUTH_FLOW_ONLY'] }, 'ExplicitAuthFlows: CUSTOM_AUTH_FLOW_ONLY'],
  ['a flow', { ExplicitAuthFlows: ['ALLOW_EVERYTHING'] }, 'ExplicitAuthFlows: ALLOW_EVERYTHING'],
  ['a unit', { TokenValidityUnits: { AccessToken: 'weeks' } }, 'TokenValidityUnits.AccessToken: weeks'],
  ['a session', { AuthSessionValidity: 60 }, 'AuthSessionValidity 60'],
])('a client with %s that AWS does not take is refused by name: %j', (_, client, name) => {
  expect(() => read({}, client)).toThrow(name);
});

test('the plan Lite has no later token events', () => {
  const LambdaConfig = { PreTokenGenerationConfig: { LambdaArn: 'arn', LambdaVersion: 'V2_0' } };

  expect(() => read({ LambdaConfig, UserPoolTier: 'LITE' })).toThrow('UserPoolTier LITE');
  expect(() => read({ LambdaConfig, UserPoolTier: 'ESSENTIALS' })).not.toThrow();
});
