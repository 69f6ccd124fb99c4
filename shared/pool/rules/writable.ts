/** What goes back to a user pool or a client in an update, and what cannot. */
import { isSame, type Json, jsonObject } from '../json.ts';
import type { Described } from '../pool-api.ts';

interface Properties {
  readonly writable: readonly string[];
  readonly readOnly: readonly string[];
  /** Stays as it is if an update says nothing of it. */
  readonly keptIfLeftOut: readonly string[];
}

/** Each property is in one of the lists. `Name` goes back as `PoolName`. */
export const POOL_WRITING: Properties = {
  writable: [
    'Policies',
    'DeletionProtection',
    'LambdaConfig',
    'AutoVerifiedAttributes',
    'SmsVerificationMessage',
    'EmailVerificationMessage',
    'EmailVerificationSubject',
    'VerificationMessageTemplate',
    'SmsAuthenticationMessage',
    'UserAttributeUpdateSettings',
    'MfaConfiguration',
    'DeviceConfiguration',
    'EmailConfiguration',
    'SmsConfiguration',
    'UserPoolTags',
    'AdminCreateUserConfig',
    'UserPoolAddOns',
    'AccountRecoverySetting',
    'UserPoolTier',
    'KeyConfiguration',
    'IssuerConfiguration',
    'AcrConfiguration',
  ],
  readOnly: [
    'Id',
    'Name',
    'Status',
    'LastModifiedDate',
    'CreationDate',
    'SchemaAttributes',
    'AliasAttributes',
    'UsernameAttributes',
    'EstimatedNumberOfUsers',
    'SmsConfigurationFailure',
    'EmailConfigurationFailure',
    'Domain',
    'CustomDomain',
    'UsernameConfiguration',
    'Arn',
  ],
  keptIfLeftOut: ['DcrConfiguration'],
};

export const CLIENT_WRITING: Properties = {
  writable: [
    'ClientName',
    'RefreshTokenValidity',
    'AccessTokenValidity',
    'IdTokenValidity',
    'TokenValidityUnits',
    'ReadAttributes',
    'WriteAttributes',
    'ExplicitAuthFlows',
    'SupportedIdentityProviders',
    'CallbackURLs',
    'LogoutURLs',
    'DefaultRedirectURI',
    'AllowedOAuthFlows',
    'AllowedOAuthScopes',
    'AllowedOAuthFlowsUserPoolClient',
    'AnalyticsConfiguration',
    'PreventUserExistenceErrors',
    'EnableTokenRevocation',
    'EnablePropagateAdditionalUserContextData',
    'AuthSessionValidity',
    'RefreshTokenRotation',
  ],
  readOnly: ['ClientId', 'UserPoolId', 'ClientSecret', 'LastModifiedDate', 'CreationDate', 'ClientType'],
  keptIfLeftOut: [],
};

/** The names of what an update would lose: what the SDK does not know, and what is in neither list. */
export const lostIn = (
  { properties, unknown }: Described,
  { writable, readOnly, keptIfLeftOut }: Properties,
): readonly string[] => {
  const safe = [...readOnly, ...keptIfLeftOut];
  return [
    ...new Set([
      ...Object.keys(properties).filter((name) => !writable.includes(name) && !safe.includes(name)),
      ...unknown.filter((path) => !safe.includes(path.split('.')[0] ?? '')),
    ]),
  ];
};

const pick = (properties: Json, { writable }: Properties): Json =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => writable.includes(name)));

/** An old property and the field of VerificationMessageTemplate with the same text. */
export const MESSAGE_TWINS = {
  EmailVerificationMessage: 'EmailMessage',
  EmailVerificationSubject: 'EmailSubject',
  SmsVerificationMessage: 'SmsMessage',
} as const;

/** Cognito takes two different texts for one message as an error, or takes either; the template is the newer one. */
const isOverruled = (name: string, properties: Json): boolean => {
  const twin = jsonObject(MESSAGE_TWINS)[name];
  const text = jsonObject(properties.VerificationMessageTemplate)[String(twin)];
  return twin !== undefined && text !== undefined && !isSame(text, properties[name]);
};

/** On the Lite plan these names are always Cognito's own, which it describes all the same, and takes from nobody. */
const isOfOtherPlan = (name: string, { UserPoolTier }: Json): boolean =>
  name === 'AcrConfiguration' && UserPoolTier === 'LITE';

/** Cognito refuses UnusedAccountValidityDays next to the property that replaced it. */
const adminCreateUser = ({ AdminCreateUserConfig, Policies }: Json): Json => {
  const { UnusedAccountValidityDays: _, ...others } = jsonObject(AdminCreateUserConfig);
  const { TemporaryPasswordValidityDays } = jsonObject(jsonObject(Policies).PasswordPolicy);
  return TemporaryPasswordValidityDays === undefined ? jsonObject(AdminCreateUserConfig) : others;
};

/** AWS sets the tags `aws:` itself, keeps them, and takes them from nobody. */
const ownTags = ({ UserPoolTags }: Json): Json =>
  Object.fromEntries(Object.entries(jsonObject(UserPoolTags)).filter(([name]) => !name.startsWith('aws:')));

/** What UpdateUserPool has to get so that a pool with these properties keeps them. */
export const poolInput = (properties: Json): Json => {
  const { LambdaConfig, UserPoolTags, AdminCreateUserConfig, ...others } = pick(properties, POOL_WRITING);
  const kept = Object.entries(others).filter(
    ([name]) => !isOverruled(name, properties) && !isOfOtherPlan(name, properties),
  );
  return {
    ...Object.fromEntries(kept),
    LambdaConfig: jsonObject(LambdaConfig),
    ...(AdminCreateUserConfig === undefined ? {} : { AdminCreateUserConfig: adminCreateUser(properties) }),
    ...(UserPoolTags === undefined ? {} : { UserPoolTags: ownTags(properties) }),
    ...(properties.Name === undefined ? {} : { PoolName: properties.Name }),
  };
};

/** What UpdateUserPoolClient has to get so that a client with these properties keeps them. */
export const clientInput = (properties: Json): Json => pick(properties, CLIENT_WRITING);
