/** What Cognito lets a web page call, because it takes no AWS credentials: these operations and the documents about tokens. */

const OPERATIONS: ReadonlySet<string> = new Set([
  'AssociateSoftwareToken',
  'ChangePassword',
  'CompleteWebAuthnRegistration',
  'ConfirmDevice',
  'ConfirmForgotPassword',
  'ConfirmSignUp',
  'DeleteUser',
  'DeleteUserAttributes',
  'DeleteWebAuthnCredential',
  'ForgetDevice',
  'ForgotPassword',
  'GetDevice',
  'GetTokensFromRefreshToken',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'GetUserAuthFactors',
  'GlobalSignOut',
  'InitiateAuth',
  'ListDevices',
  'ListUserSessions',
  'ListWebAuthnCredentials',
  'ResendConfirmationCode',
  'RespondToAuthChallenge',
  'RevokeToken',
  'RevokeUserSession',
  'SetUserMFAPreference',
  'SetUserSettings',
  'SignUp',
  'StartWebAuthnRegistration',
  'UpdateAuthEventFeedback',
  'UpdateDeviceStatus',
  'UpdateUserAttributes',
  'VerifySoftwareToken',
  'VerifyUserAttribute',
]);

const DOCUMENT = /^GET \/[^/?]+\/\.well-known\/(jwks\.json|openid-configuration)$/;

/** `operation` is an `X-Amz-Target`, or method and path. */
export const isForPages = (operation: string): boolean => {
  const [, name = ''] = /^AWSCognitoIdentityProviderService\.(\w+)$/.exec(operation) ?? [];
  return OPERATIONS.has(name) || DOCUMENT.test(operation);
};
