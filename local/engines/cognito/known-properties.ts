/**
 * Every property of AWS::Cognito::UserPool and AWS::Cognito::UserPoolClient that the local user pool knows, and every trigger
 * of LambdaConfig: what it plays, what it refuses (`unsupported.ts`), and what it leaves alone, because it changes no sign-in and no token
 * here. A property that is in none of these lists is refused at start-up: it may be a newer one that does.
 */

/** Some values of the refused ones are played: those that ask for nothing. */
export interface KnownProperties {
  readonly played: readonly string[];
  readonly refused: readonly string[];
  readonly leftAlone: readonly string[];
}

/** Self-service sign-up, invitations and verifications: operations and mails that the local pool does not have. */
const SIGN_UP_AND_MAILS = [
  'AccountRecoverySetting',
  'AdminCreateUserConfig',
  'AutoVerifiedAttributes',
  'EmailAuthenticationMessage',
  'EmailAuthenticationSubject',
  'EmailConfiguration',
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'SmsAuthenticationMessage',
  'SmsConfiguration',
  'SmsVerificationMessage',
  'VerificationMessageTemplate',
];

export const POOL_PROPERTIES: KnownProperties = {
  played: [
    'LambdaConfig',
    'Policies',
    'Schema',
    'UserAttributeUpdateSettings',
    'UsernameAttributes',
    'UsernameConfiguration',
  ],
  refused: ['AliasAttributes', 'DeviceConfiguration', 'MfaConfiguration', 'WebAuthnFactorConfiguration'],
  leftAlone: [
    ...SIGN_UP_AND_MAILS,
    'DeletionProtection',
    // Without MfaConfiguration they say nothing.
    'EnabledMfas',
    // Either issuer is the local endpoint here.
    'IssuerConfiguration',
    'KeyConfiguration',
    // Threat protection (docs/local/engines.md).
    'UserPoolAddOns',
    'UserPoolName',
    'UserPoolTags',
    'UserPoolTier',
    // Passkeys come only as first or second factors, which are refused.
    'WebAuthnRelyingPartyID',
    'WebAuthnUserVerification',
  ],
};

/** The hosted UI and its OAuth flows. There are no such pages here, so nobody signs in by them. */
const HOSTED_UI = [
  'AllowedOAuthFlows',
  'AllowedOAuthFlowsUserPoolClient',
  'AllowedOAuthScopes',
  'CallbackURLs',
  'DefaultRedirectURI',
  'LogoutURLs',
  'SupportedIdentityProviders',
];

export const CLIENT_PROPERTIES: KnownProperties = {
  played: [
    'AccessTokenValidity',
    'AuthSessionValidity',
    'ClientName',
    'EnableTokenRevocation',
    'ExplicitAuthFlows',
    'GenerateSecret',
    'IdTokenValidity',
    'PreventUserExistenceErrors',
    'ReadAttributes',
    'RefreshTokenRotation',
    'RefreshTokenValidity',
    'TokenValidityUnits',
    'UserPoolId',
    'WriteAttributes',
  ],
  refused: [],
  leftAlone: [...HOSTED_UI, 'AnalyticsConfiguration', 'EnablePropagateAdditionalUserContextData'],
};

/** The members of LambdaConfig whose functions the local pool calls. */
export const CALLED_TRIGGERS: readonly string[] = [
  'CreateAuthChallenge',
  'DefineAuthChallenge',
  'PostAuthentication',
  'PreAuthentication',
  'PreSignUp',
  'PreTokenGeneration',
  'PreTokenGenerationConfig',
  'VerifyAuthChallengeResponse',
];

/** Those that it accepts and never calls: what calls them on AWS is a mail, a self-service sign-up or another identity provider. */
export const UNCALLED_TRIGGERS: readonly string[] = [
  'CustomEmailSender',
  'CustomMessage',
  'CustomSMSSender',
  'InboundFederation',
  'PostConfirmation',
];

/** What LambdaConfig has besides triggers: the key with which Cognito encrypts codes for the custom senders. */
export const TRIGGER_SETTINGS: readonly string[] = ['KMSKeyID'];
