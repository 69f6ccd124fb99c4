/**
 * What requests about pools and clients may have, by the model of the SDK. What is not here is dropped without a word, as AWS does
 * with members that it does not know; a null is like a member that is not there.
 */

import { AwsError, isObject, type JsonObject } from '../../../ground/service.ts';
import { type Field, flag, integer, text } from '../input.ts';

export type Members = Readonly<Record<string, Field<unknown>>>;

const unreadable = (at: string): AwsError =>
  new AwsError('SerializationException', `The value at '${at}' is not of the expected type.`);

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

const optional =
  <T>(field: Field<T>): Field<T | undefined> =>
  (value, at, problems) =>
    isAbsent(value) ? undefined : field(value, at, problems);

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Reads the members that there are, and leaves out the others. */
export const readMembers = (
  members: Members,
  value: JsonObject,
  at: string,
  problems: string[],
): JsonObject =>
  Object.fromEntries(
    Object.entries(members).flatMap(([name, field]) => {
      const read = field(value[name], `${at}${lowerFirst(name)}`, problems);
      return read === undefined ? [] : [[name, read] as const];
    }),
  );

const structure = (members: Members): Field<JsonObject | undefined> =>
  optional((value, at, problems) => {
    if (!isObject(value)) throw unreadable(at);
    return readMembers(members, value, `${at}.`, problems);
  });

const list = (item: Field<unknown>): Field<readonly unknown[] | undefined> =>
  optional((value, at, problems) => {
    if (!Array.isArray(value)) throw unreadable(at);
    return value.map((entry, index) => item(entry, `${at}.${index + 1}.member`, problems));
  });

const mapOf = (item: Field<unknown>): Field<JsonObject | undefined> =>
  optional((value, at, problems) => {
    if (!isObject(value)) throw unreadable(at);
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, item(entry, `${at}.${key}`, problems)]),
    );
  });

const flagged = optional(flag);
const any = text();
const oneOf = (...values: readonly string[]) => text({ values });
const texts = list(any);
const days = integer({ min: 0, max: 365 });
const function_ = text({ min: 1, max: 2048 });
const oldSender = structure({ LambdaVersion: oneOf('V1_0'), LambdaArn: function_ });

const LAMBDA_CONFIG = structure({
  PreSignUp: function_,
  CustomMessage: function_,
  PostConfirmation: function_,
  PreAuthentication: function_,
  PostAuthentication: function_,
  DefineAuthChallenge: function_,
  CreateAuthChallenge: function_,
  VerifyAuthChallengeResponse: function_,
  PreTokenGeneration: function_,
  UserMigration: function_,
  PreTokenGenerationConfig: structure({
    LambdaVersion: oneOf('V1_0', 'V2_0', 'V3_0'),
    LambdaArn: function_,
  }),
  CustomSMSSender: oldSender,
  CustomEmailSender: oldSender,
  KMSKeyID: function_,
  InboundFederation: oldSender,
});

const POLICIES = structure({
  PasswordPolicy: structure({
    MinimumLength: integer({ min: 6, max: 99 }),
    RequireUppercase: flagged,
    RequireLowercase: flagged,
    RequireNumbers: flagged,
    RequireSymbols: flagged,
    PasswordHistorySize: integer({ min: 0, max: 24 }),
    TemporaryPasswordValidityDays: days,
  }),
  SignInPolicy: structure({
    AllowedFirstAuthFactors: list(oneOf('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN', 'SOFTWARE_TOKEN')),
  }),
});

const contact = list(oneOf('phone_number', 'email'));

const SMS_CONFIGURATION = structure({
  SnsCallerArn: any,
  ExternalId: any,
  SnsRegion: any,
  EumsSms: structure({
    CallerArn: any,
    ExternalId: any,
    OriginationIdentity: any,
    ConfigurationSetName: any,
    InEntityId: any,
    InTemplateId: any,
    Region: any,
  }),
});

const grants = list(oneOf('code', 'implicit', 'client_credentials'));

/** UpdateUserPool, without UserPoolId. */
export const POOL_UPDATE: Members = {
  PoolName: text({ min: 1, max: 128 }),
  Policies: POLICIES,
  DeletionProtection: oneOf('ACTIVE', 'INACTIVE'),
  LambdaConfig: LAMBDA_CONFIG,
  AutoVerifiedAttributes: contact,
  SmsVerificationMessage: any,
  EmailVerificationMessage: any,
  EmailVerificationSubject: any,
  VerificationMessageTemplate: structure({
    SmsMessage: any,
    EmailMessage: any,
    EmailSubject: any,
    EmailMessageByLink: any,
    EmailSubjectByLink: any,
    DefaultEmailOption: oneOf('CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE'),
  }),
  SmsAuthenticationMessage: any,
  UserAttributeUpdateSettings: structure({ AttributesRequireVerificationBeforeUpdate: contact }),
  MfaConfiguration: oneOf('OFF', 'ON', 'OPTIONAL'),
  DeviceConfiguration: structure({
    ChallengeRequiredOnNewDevice: flagged,
    DeviceOnlyRememberedOnUserPrompt: flagged,
  }),
  EmailConfiguration: structure({
    SourceArn: any,
    ReplyToEmailAddress: any,
    EmailSendingAccount: oneOf('COGNITO_DEFAULT', 'DEVELOPER'),
    From: any,
    ConfigurationSet: any,
  }),
  SmsConfiguration: SMS_CONFIGURATION,
  UserPoolTags: mapOf(any),
  AdminCreateUserConfig: structure({
    AllowAdminCreateUserOnly: flagged,
    UnusedAccountValidityDays: days,
    InviteMessageTemplate: structure({ SMSMessage: any, EmailMessage: any, EmailSubject: any }),
  }),
  UserPoolAddOns: structure({
    AdvancedSecurityMode: oneOf('OFF', 'AUDIT', 'ENFORCED'),
    AdvancedSecurityAdditionalFlows: structure({ CustomAuthMode: oneOf('AUDIT', 'ENFORCED') }),
  }),
  DcrConfiguration: structure({
    EnableStatus: oneOf('Enabled', 'Disabled'),
    OpenDcrEnabled: flagged,
    AuthenticatedGrantTypes: grants,
    OpenDcrGrantTypes: grants,
    AllowedScopes: texts,
  }),
  AccountRecoverySetting: structure({
    RecoveryMechanisms: list(
      structure({
        Priority: integer({ min: 1, max: 2 }),
        Name: oneOf('verified_email', 'verified_phone_number', 'admin_only'),
      }),
    ),
  }),
  UserPoolTier: oneOf('LITE', 'ESSENTIALS', 'PLUS'),
  KeyConfiguration: structure({ KeyType: oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KEY'), KmsKeyArn: any }),
  IssuerConfiguration: structure({ Type: oneOf('ORIGINAL', 'UPDATED') }),
  AcrConfiguration: mapOf(structure({ AcrValue: any })),
};

/** What only CreateUserPool sets. */
export const POOL_CREATION: Members = {
  AliasAttributes: list(oneOf('phone_number', 'email', 'preferred_username')),
  UsernameAttributes: contact,
  UsernameConfiguration: structure({ CaseSensitive: flagged }),
  Schema: list(
    structure({
      Name: text({ min: 1, max: 20 }),
      AttributeDataType: oneOf('String', 'Number', 'DateTime', 'Boolean'),
      DeveloperOnlyAttribute: flagged,
      Mutable: flagged,
      Required: flagged,
      NumberAttributeConstraints: structure({ MinValue: any, MaxValue: any }),
      StringAttributeConstraints: structure({ MinLength: any, MaxLength: any }),
    }),
  ),
};

/** SetUserPoolMfaConfig, without UserPoolId. */
export const MFA_CONFIG: Members = {
  SmsMfaConfiguration: structure({ SmsAuthenticationMessage: any, SmsConfiguration: SMS_CONFIGURATION }),
  SoftwareTokenMfaConfiguration: structure({ Enabled: flagged }),
  EmailMfaConfiguration: structure({ Message: any, Subject: any }),
  MfaConfiguration: oneOf('OFF', 'ON', 'OPTIONAL'),
  WebAuthnConfiguration: structure({
    RelyingPartyId: any,
    UserVerification: oneOf('required', 'preferred'),
    FactorConfiguration: oneOf('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
  }),
};

const FLOWS = `ADMIN_NO_SRP_AUTH CUSTOM_AUTH_FLOW_ONLY USER_PASSWORD_AUTH ALLOW_ADMIN_USER_PASSWORD_AUTH
  ALLOW_CUSTOM_AUTH ALLOW_USER_PASSWORD_AUTH ALLOW_USER_SRP_AUTH ALLOW_REFRESH_TOKEN_AUTH
  ALLOW_USER_AUTH`.split(/\s+/);
const unit = oneOf('seconds', 'minutes', 'hours', 'days');

/** UpdateUserPoolClient, without the two ids. */
export const CLIENT_UPDATE: Members = {
  ClientName: text({ min: 1, max: 128 }),
  RefreshTokenValidity: integer({ min: 0, max: 315_360_000 }),
  AccessTokenValidity: integer({ min: 0, max: 86_400 }),
  IdTokenValidity: integer({ min: 0, max: 86_400 }),
  TokenValidityUnits: structure({ AccessToken: unit, IdToken: unit, RefreshToken: unit }),
  ReadAttributes: texts,
  WriteAttributes: texts,
  ExplicitAuthFlows: list(oneOf(...FLOWS)),
  SupportedIdentityProviders: texts,
  CallbackURLs: texts,
  LogoutURLs: texts,
  DefaultRedirectURI: any,
  AllowedOAuthFlows: grants,
  AllowedOAuthScopes: texts,
  AllowedOAuthFlowsUserPoolClient: flagged,
  AnalyticsConfiguration: structure({
    ApplicationId: any,
    ApplicationArn: any,
    RoleArn: any,
    ExternalId: any,
    UserDataShared: flagged,
  }),
  PreventUserExistenceErrors: oneOf('LEGACY', 'ENABLED'),
  EnableTokenRevocation: flagged,
  EnablePropagateAdditionalUserContextData: flagged,
  AuthSessionValidity: integer({ min: 3, max: 15 }),
  RefreshTokenRotation: structure({
    Feature: oneOf('ENABLED', 'DISABLED'),
    RetryGracePeriodSeconds: integer({ min: 0, max: 60 }),
  }),
};

/** What only CreateUserPoolClient sets. A secret of the caller's own (ClientSecret) is not played. */
export const CLIENT_CREATION: Members = { GenerateSecret: flagged };
