import { describe, expect, test } from 'vitest';
import { differencesAfter, differencesBetween } from '../../../../shared/pool/compare.ts';
import type { Json } from '../../../../shared/pool/json.ts';
import { aClient, aPool, aState, OTHER } from '../../../support/pools/pools.ts';

const ofPools = (before: Json, found: Json) =>
  differencesAfter(aState({ pool: aPool(before) }), [], aState({ pool: aPool(found) }));

const ofClients = (before: Json, found: Json) =>
  differencesAfter(
    aState({ clients: { web: aClient(before) } }),
    [],
    aState({ clients: { web: aClient(found) } }),
  );

describe('what Cognito says in another form is no difference:', () => {
  test.each<[Json, Json]>([
    [{}, { LastModifiedDate: 2, EstimatedNumberOfUsers: 9, Domain: 'shop' }],
    [{ MfaConfiguration: undefined }, { MfaConfiguration: 'OFF' }],
    [{ DeletionProtection: undefined }, { DeletionProtection: 'INACTIVE' }],
    [{ UserPoolTags: { 'aws:a': '1', team: 'x' } }, { UserPoolTags: { team: 'x' } }],
    [
      { UserAttributeUpdateSettings: undefined },
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] } },
    ],
    [
      { AutoVerifiedAttributes: ['email', 'phone_number'] },
      { AutoVerifiedAttributes: ['phone_number', 'email'] },
    ],
    [
      { LambdaConfig: { PreTokenGeneration: OTHER } },
      {
        LambdaConfig: {
          PreTokenGeneration: OTHER,
          PreTokenGenerationConfig: { LambdaArn: OTHER, LambdaVersion: 'V1_0' },
        },
      },
    ],
    [
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: OTHER, LambdaVersion: 'V2_0' } } },
      {
        LambdaConfig: {
          PreTokenGeneration: OTHER,
          PreTokenGenerationConfig: { LambdaArn: OTHER, LambdaVersion: 'V2_0' },
        },
      },
    ],
    [
      { EmailVerificationMessage: 'a' },
      { EmailVerificationMessage: 'a', VerificationMessageTemplate: { EmailMessage: 'a' } },
    ],
    [
      { EmailVerificationSubject: 'older', VerificationMessageTemplate: { EmailSubject: 'a' } },
      { EmailVerificationSubject: 'a', VerificationMessageTemplate: { EmailSubject: 'a' } },
    ],
    [{ AdminCreateUserConfig: { UnusedAccountValidityDays: 7 } }, { AdminCreateUserConfig: {} }],
    [
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 3 }, Policies: {} },
      { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 3 } } },
    ],
  ])('%j and %j', (before, found) => {
    expect(ofPools(before, found)).toEqual([]);
    expect(ofPools(found, before)).toEqual([]);
  });

  test.each<[Json, Json]>([
    [{ AuthSessionValidity: undefined }, { AuthSessionValidity: 3 }],
    [{ AllowedOAuthFlowsUserPoolClient: undefined }, { AllowedOAuthFlowsUserPoolClient: false }],
    [{}, { EnablePropagateAdditionalUserContextData: false, LastModifiedDate: 1, ClientSecret: 'x' }],
    [{ AllowedOAuthFlows: undefined }, { AllowedOAuthFlows: [] }],
  ])('of a client %j and %j', (before, found) => {
    expect(ofClients(before, found)).toEqual([]);
  });
});

describe('a difference is', () => {
  test.each<[Json, Json, string]>([
    [{}, { MfaConfiguration: 'ON' }, 'MfaConfiguration'],
    [{}, { Name: 'other' }, 'PoolName'],
    [
      {},
      { Policies: { PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 7 } } },
      'Policies.PasswordPolicy.MinimumLength',
    ],
    [{ UserPoolTags: { team: 'x' } }, { UserPoolTags: { 'aws:a': 'x' } }, 'UserPoolTags.team'],
    [{}, { LambdaConfig: { CustomMessage: OTHER } }, 'LambdaConfig.CustomMessage'],
    [{ LambdaConfig: { PreSignUp: OTHER } }, { LambdaConfig: { PreSignUp: 'x' } }, 'LambdaConfig.PreSignUp'],
    [
      { VerificationMessageTemplate: { EmailMessage: 'a' } },
      { VerificationMessageTemplate: { EmailMessage: 'b' } },
      'VerificationMessageTemplate.EmailMessage',
    ],
    [{ DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } }, {}, 'DeviceConfiguration'],
  ])('%j that became %j, by the name %s', (before, found, property) => {
    expect(ofPools(before, found).map((one) => one.property)).toEqual([property]);
  });

  test.each<[Json, Json, string]>([
    [{ EnableTokenRevocation: true }, { EnableTokenRevocation: false }, 'EnableTokenRevocation'],
    [{ AuthSessionValidity: undefined }, { AuthSessionValidity: 5 }, 'AuthSessionValidity'],
    [
      { TokenValidityUnits: { IdToken: 'days' } },
      { TokenValidityUnits: { IdToken: 'hours' } },
      'TokenValidityUnits.IdToken',
    ],
  ])('of a client %j that became %j, by the name %s', (before, found, property) => {
    expect(ofClients(before, found).map((one) => one.property)).toEqual([property]);
  });

  test('a factor that is not as it was, unless the change was about factors', () => {
    const [before, found] = [{ SoftwareTokenMfaConfiguration: { Enabled: true } }, {}].map((mfa) =>
      aState({ mfa, pool: aPool({ MfaConfiguration: 'OFF' }) }),
    );
    if (before === undefined || found === undefined) throw new Error('unreachable');
    const change = { at: 'pool', property: 'MfaConfiguration', before: 'ON', after: 'OFF' } as const;

    expect(differencesAfter(before, [], found).map(({ property }) => property)).toEqual([
      'GetUserPoolMfaConfig.SoftwareTokenMfaConfiguration',
    ]);
    expect(differencesAfter(before, [change], found)).toEqual([]);
  });

  test.each<[string, unknown, unknown]>([
    ['EmailConfiguration', { ReplyToEmailAddress: 'jo@example.com' }, { From: 'al@example.com' }],
    ['EmailConfiguration', undefined, { From: 'al@example.com' }],
    ['SmsConfiguration', { ExternalId: 'x' }, { ExternalId: 'y' }],
    ['AdminCreateUserConfig', { InviteMessageTemplate: { EmailMessage: 'x' } }, undefined],
    ['EmailVerificationSubject', 'x', undefined],
    ['SmsAuthenticationMessage', 'x', 'y'],
    ['VerificationMessageTemplate', { EmailMessageByLink: 'x' }, { EmailMessageByLink: 'y' }],
  ])('without values in %s: %j and %j', (name, one, other) => {
    const found = ofPools({ [name]: one }, { [name]: other });

    expect(found.length).toBeGreaterThan(0);
    for (const difference of found) expect(Object.keys(difference)).toEqual(['at', 'property']);
  });

  test('without values in the secret of a client, its analytics, or the factors', () => {
    const [one, other] = ['x', 'y'].map((text) =>
      aState({
        mfa: { SmsMfaConfiguration: { SmsConfiguration: { ExternalId: text } } },
        clients: { web: aClient({ ClientSecret: text, AnalyticsConfiguration: { ExternalId: text } }) },
      }),
    );
    if (one === undefined || other === undefined) throw new Error('unreachable');

    expect(differencesBetween(one, other)).toEqual([
      { at: 'pool', property: 'GetUserPoolMfaConfig.SmsMfaConfiguration.SmsConfiguration.ExternalId' },
      { at: { clientId: 'web' }, property: 'ClientSecret' },
      { at: { clientId: 'web' }, property: 'AnalyticsConfiguration.ExternalId' },
    ]);
  });

  test('without what a client was that is gone', () => {
    const state = aState({ clients: { web: aClient({ ClientSecret: 'x' }) } });

    expect(differencesBetween(state, aState({}))).toEqual([
      { at: { clientId: 'web' }, property: 'client', expected: 'there' },
    ]);
  });

  test('with the function that sends texts of a pool', () => {
    expect(ofPools({}, { LambdaConfig: { CustomMessage: OTHER } })).toMatchObject([{ found: OTHER }]);
  });
});
