import { describe, expect, test } from 'vitest';
import { readPool } from '../../../../../local/engines/cognito/pool.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';

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

describe('a pool that cannot be played here', () => {
  const factors = (...AllowedFirstAuthFactors: string[]) => ({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['LambdaConfig.PreSignUp', { LambdaConfig: { PreSignUp: 'arn' } }, {}],
    ['LambdaConfig.UserMigration', { LambdaConfig: { UserMigration: 'arn' } }, {}],
    ['LambdaVersion V2_0', { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0' } } }, {}],
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
    ['GenerateSecret', {}, { GenerateSecret: true }],
    ['RefreshTokenRotation', {}, { RefreshTokenRotation: { Feature: 'ENABLED' } }],
  ])('is refused for %s, by name and with what to do', (name, properties, client) => {
    expect(() => read(properties, client)).toThrow(name);
    expect(() => read(properties, client)).toThrow(
      /^The local system cannot play this:\nThe (user pool eu-central-1_Abc|client client) .+ Create it with/,
    );
  });

  test('is told everything at once', () => {
    const properties = {
      MfaConfiguration: 'ON',
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    };

    expect(() => read(properties, { GenerateSecret: 'true' })).toThrow(
      /DeviceConfiguration.*\n.*MfaConfiguration.*\n.*GenerateSecret/,
    );
  });

  test('is none for what changes no sign-in', () => {
    const properties = {
      MfaConfiguration: 'OFF',
      WebAuthnFactorConfiguration: 'SINGLE_FACTOR',
      WebAuthnRelyingPartyID: 'example.com',
      DeviceConfiguration: {},
      UserPoolTier: 'PLUS',
      ...factors('PASSWORD'),
    };

    expect(read(properties, { GenerateSecret: false })).toMatchObject({ id: 'eu-central-1_Abc' });
  });
});
