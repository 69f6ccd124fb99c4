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

  test.each<[string, JsonObject, JsonObject]>([
    ['LambdaConfig.PreSignUp', { LambdaConfig: { PreSignUp: 'arn' } }, {}],
    ['LambdaVersion V2_0', { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0' } } }, {}],
    ['AliasAttributes', { AliasAttributes: ['email'] }, {}],
    ['UsernameAttributes', { UsernameAttributes: ['phone_number'] }, {}],
    ['MfaConfiguration', { MfaConfiguration: 'OPTIONAL' }, {}],
    ['GenerateSecret', {}, { GenerateSecret: true }],
    ['RefreshTokenRotation', {}, { RefreshTokenRotation: { Feature: 'ENABLED' } }],
  ])('is refused for %s, by name', (name, properties, client) => {
    expect(() => read(properties, client)).toThrow(name);
  });
});
