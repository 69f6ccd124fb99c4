import type {
  UpdateUserPoolClientRequest,
  UpdateUserPoolRequest,
  UserPoolClientType,
  UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import {
  CLIENT_WRITING,
  clientInput,
  lostIn,
  POOL_WRITING,
  poolInput,
} from '../../../../../shared/pool/rules/writable.ts';
import { aClient, aPool } from '../../../../support/pools/pools.ts';

// The compiler refuses these objects when the SDK learns a property, or lets it be written.

type Kinds<Described, Update> = {
  readonly [Name in keyof Described]-?: Name extends 'DcrConfiguration'
    ? 'kept'
    : Name extends keyof Update
      ? 'writable'
      : 'read only';
};

const POOL: Kinds<UserPoolType, UpdateUserPoolRequest> = {
  AccountRecoverySetting: 'writable',
  AcrConfiguration: 'writable',
  AdminCreateUserConfig: 'writable',
  AliasAttributes: 'read only',
  Arn: 'read only',
  AutoVerifiedAttributes: 'writable',
  CreationDate: 'read only',
  CustomDomain: 'read only',
  DcrConfiguration: 'kept',
  DeletionProtection: 'writable',
  DeviceConfiguration: 'writable',
  Domain: 'read only',
  EmailConfiguration: 'writable',
  EmailConfigurationFailure: 'read only',
  EmailVerificationMessage: 'writable',
  EmailVerificationSubject: 'writable',
  EstimatedNumberOfUsers: 'read only',
  Id: 'read only',
  IssuerConfiguration: 'writable',
  KeyConfiguration: 'writable',
  LambdaConfig: 'writable',
  LastModifiedDate: 'read only',
  MfaConfiguration: 'writable',
  Name: 'read only',
  Policies: 'writable',
  SchemaAttributes: 'read only',
  SmsAuthenticationMessage: 'writable',
  SmsConfiguration: 'writable',
  SmsConfigurationFailure: 'read only',
  SmsVerificationMessage: 'writable',
  Status: 'read only',
  UserAttributeUpdateSettings: 'writable',
  UserPoolAddOns: 'writable',
  UserPoolTags: 'writable',
  UserPoolTier: 'writable',
  UsernameAttributes: 'read only',
  UsernameConfiguration: 'read only',
  VerificationMessageTemplate: 'writable',
};

const CLIENT: Kinds<UserPoolClientType, Omit<UpdateUserPoolClientRequest, 'UserPoolId' | 'ClientId'>> = {
  AccessTokenValidity: 'writable',
  AllowedOAuthFlows: 'writable',
  AllowedOAuthFlowsUserPoolClient: 'writable',
  AllowedOAuthScopes: 'writable',
  AnalyticsConfiguration: 'writable',
  AuthSessionValidity: 'writable',
  CallbackURLs: 'writable',
  ClientId: 'read only',
  ClientName: 'writable',
  ClientSecret: 'read only',
  ClientType: 'read only',
  CreationDate: 'read only',
  DefaultRedirectURI: 'writable',
  EnablePropagateAdditionalUserContextData: 'writable',
  EnableTokenRevocation: 'writable',
  ExplicitAuthFlows: 'writable',
  IdTokenValidity: 'writable',
  LastModifiedDate: 'read only',
  LogoutURLs: 'writable',
  PreventUserExistenceErrors: 'writable',
  ReadAttributes: 'writable',
  RefreshTokenRotation: 'writable',
  RefreshTokenValidity: 'writable',
  SupportedIdentityProviders: 'writable',
  TokenValidityUnits: 'writable',
  UserPoolId: 'read only',
  WriteAttributes: 'writable',
};

const names = (all: Readonly<Record<string, string>>, kind: string) =>
  Object.keys(all).filter((name) => all[name] === kind);

describe('the lists', () => {
  test('have every property that the SDK knows', () => {
    expect(POOL_WRITING.writable.toSorted()).toEqual(names(POOL, 'writable'));
    expect(POOL_WRITING.keptIfLeftOut).toEqual(names(POOL, 'kept'));
    expect(POOL_WRITING.readOnly.toSorted()).toEqual(names(POOL, 'read only'));
    expect(CLIENT_WRITING.writable.toSorted()).toEqual(names(CLIENT, 'writable'));
    expect(CLIENT_WRITING.readOnly.toSorted()).toEqual(names(CLIENT, 'read only'));
  });
});

describe('lostIn', () => {
  test('names what is in neither list, and what the SDK does not know', () => {
    const properties = { ...aPool(), NewThing: 1 };

    expect(lostIn({ properties, unknown: ['NewThing', 'LambdaConfig.New'] }, POOL_WRITING)).toEqual([
      'NewThing',
      'LambdaConfig.New',
    ]);
    expect(lostIn({ properties: { ...aClient(), NewThing: 1 }, unknown: [] }, CLIENT_WRITING)).toEqual([
      'NewThing',
    ]);
  });

  test('is silent on what an update cannot change', () => {
    const unknown = ['SchemaAttributes.0.New', 'UsernameConfiguration.New', 'DcrConfiguration.New'];

    expect(lostIn({ properties: aPool(), unknown }, POOL_WRITING)).toEqual([]);
  });
});

describe('poolInput', () => {
  test('says all that can be written, the name by its other name, and nothing else', () => {
    const { Id, Arn, Name, SchemaAttributes, UsernameAttributes, ...rest } = aPool({ Status: 'Enabled' });
    const { Status, ...writable } = rest;

    expect(poolInput(aPool({ Status }))).toEqual({ ...writable, PoolName: Name });
    expect([Id, Arn, SchemaAttributes, UsernameAttributes]).not.toContain(undefined);
  });

  test('leaves out the days of invitation that Cognito refuses beside those of the password policy', () => {
    const AdminCreateUserConfig = { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 };

    expect(poolInput(aPool({ AdminCreateUserConfig })).AdminCreateUserConfig).toEqual({
      AllowAdminCreateUserOnly: true,
    });
    expect(
      poolInput(aPool({ AdminCreateUserConfig, Policies: { PasswordPolicy: {} } })).AdminCreateUserConfig,
    ).toEqual(AdminCreateUserConfig);
  });

  test('leaves out tags of AWS', () => {
    const UserPoolTags = { 'aws:cloudformation:stack-name': 'a', team: 'b', 'my:aws:tag': 'c' };

    expect(poolInput(aPool({ UserPoolTags })).UserPoolTags).toEqual({ team: 'b', 'my:aws:tag': 'c' });
  });

  test.each([
    ['EmailVerificationMessage', 'EmailMessage'],
    ['EmailVerificationSubject', 'EmailSubject'],
    ['SmsVerificationMessage', 'SmsMessage'],
  ])('says %s beside the same text in the template, and not beside another', (old, name) => {
    const withTemplate = (text: string) =>
      aPool({ [old]: 'a', VerificationMessageTemplate: { [name]: text } });

    expect(poolInput(withTemplate('a'))).toHaveProperty(old, 'a');
    expect(poolInput(withTemplate('b'))).not.toHaveProperty(old);
    expect(poolInput(withTemplate('b')).VerificationMessageTemplate).toEqual({ [name]: 'b' });
    expect(poolInput(aPool({ [old]: 'a', VerificationMessageTemplate: {} }))).toHaveProperty(old, 'a');
  });

  test('leaves out what Cognito keeps then', () => {
    expect(poolInput(aPool({ DcrConfiguration: { EnableStatus: 'Enabled' } }))).not.toHaveProperty(
      'DcrConfiguration',
    );
  });

  test('leaves out the names of levels on the Lite plan, which takes none', () => {
    const AcrConfiguration = { level1: { AcrValue: 'urn:cognito:loa:1' } };

    expect(poolInput(aPool({ AcrConfiguration, UserPoolTier: 'LITE' }))).not.toHaveProperty(
      'AcrConfiguration',
    );
    expect(poolInput(aPool({ AcrConfiguration }))).toMatchObject({ AcrConfiguration });
  });

  test('empties LambdaConfig by saying so', () => {
    const { LambdaConfig: _, ...pool } = aPool();

    expect(poolInput(pool).LambdaConfig).toEqual({});
  });
});

test('clientInput says all that can be written, and nothing else', () => {
  const { ClientId, UserPoolId, CreationDate, ...writable } = aClient();
  const dates = { LastModifiedDate: 1, CreationDate: 2, ClientSecret: 'secret', ClientType: 'x' };

  expect(clientInput({ ...aClient(), ...dates })).toEqual(writable);
  expect([ClientId, UserPoolId, CreationDate]).not.toContain(undefined);
});
