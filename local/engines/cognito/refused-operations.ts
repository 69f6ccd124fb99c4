/**
 * The operations of the user pool API that are not played, each with the reason and what to do instead. What is neither here nor
 * in `operations/` is none of the API's operations, and the endpoint says that it does not know it.
 */
import type { Operations } from '../../ground/service.ts';
import { notImplemented } from './errors.ts';

/** `reason` is one sentence or more without the last full stop: why, and what to do instead. */
interface Refusal {
  readonly operations: string;
  readonly reason: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    operations: 'SignUp ConfirmSignUp ResendConfirmationCode',
    reason:
      'Cognito would mail a code to confirm the address, and has no mails here. Create the user with AdminCreateUser ' +
      'and AdminSetUserPassword',
  },
  {
    operations: 'ForgotPassword ConfirmForgotPassword AdminResetUserPassword',
    reason:
      'Cognito would mail a code for a new password, and has no mails here. Set the password with AdminSetUserPassword',
  },
  {
    operations: 'GetUserAttributeVerificationCode VerifyUserAttribute',
    reason:
      'Cognito would mail a code to the new address, and has no mails here. Set the address with ' +
      'AdminUpdateUserAttributes and email_verified=true or phone_number_verified=true',
  },
  {
    operations: `AdminDeleteSoftwareToken AdminSetUserMFAPreference AdminSetUserSettings AssociateSoftwareToken
      SetUserMFAPreference SetUserSettings VerifySoftwareToken`,
    reason:
      'Users have no second factors of their own here; the second factor is the code by mail, which every user has. ' +
      'No sign-in begins in a pool whose MfaConfiguration is not OFF',
  },
  {
    operations: `CompleteWebAuthnRegistration DeleteWebAuthnCredential ListWebAuthnCredentials
      StartWebAuthnRegistration`,
    reason: 'Users have no passkeys here. Let them sign in with their password and a code',
  },
  {
    operations: `AdminForgetDevice AdminGetDevice AdminListDevices AdminUpdateDeviceStatus ConfirmDevice ForgetDevice
      GetDevice ListDevices UpdateDeviceStatus`,
    reason: 'A pool remembers no devices here, and a template that wants it is refused. Do without',
  },
  {
    operations: 'AdminListUserSessions AdminRevokeUserSession ListUserSessions RevokeUserSession',
    reason:
      'Sign-ins are not listed here. End one with RevokeToken, or all of a user with GlobalSignOut or ' +
      'AdminUserGlobalSignOut',
  },
  {
    operations: `GetUserPoolClientSessionConfiguration GetUserPoolSessionConfiguration
      SetUserPoolClientSessionConfiguration SetUserPoolSessionConfiguration`,
    reason: 'Sign-ins are not listed or limited here. Set the lifetimes of tokens in the template',
  },
  {
    operations: `AdminListUserAuthEvents AdminUpdateAuthEventFeedback DescribeRiskConfiguration
      SetRiskConfiguration UpdateAuthEventFeedback GetLogDeliveryConfiguration SetLogDeliveryConfiguration`,
    reason:
      'There is no threat protection here. What happened to a sign-in is in the audit trail of its challenge',
  },
  {
    operations: `AdminDisableProviderForUser AdminLinkProviderForUser CreateIdentityProvider DeleteIdentityProvider
      DescribeIdentityProvider GetIdentityProviderByIdentifier ListIdentityProviders UpdateIdentityProvider`,
    reason:
      'Users of other identity providers cannot sign in here, and get no code on AWS either. Try them on AWS',
  },
  {
    operations: `CreateManagedLoginBranding CreateTerms CreateUserPoolDomain DeleteManagedLoginBranding DeleteTerms
      DeleteUserPoolDomain DescribeManagedLoginBranding DescribeManagedLoginBrandingByClient DescribeTerms
      DescribeTermsByClient DescribeUserPoolDomain GetUICustomization ListTerms SetUICustomization
      UpdateManagedLoginBranding UpdateTerms UpdateUserPoolDomain`,
    reason:
      'There is no managed login here, and on AWS it cannot run custom authentication. Sign in by a page of your own',
  },
  {
    operations: `CreateResourceServer DeleteResourceServer DescribeResourceServer GetClientToken ListResourceServers
      UpdateResourceServer`,
    reason: 'There is no token endpoint here, which alone gives scopes of resource servers. Try them on AWS',
  },
  {
    operations:
      'CreateUserImportJob DescribeUserImportJob GetCSVHeader ListUserImportJobs StartUserImportJob StopUserImportJob',
    reason: 'Users are not imported from files here. Create each with AdminCreateUser',
  },
  {
    operations: `AddUserPoolClientSecret CreateUserPoolReplica DeleteUserPoolClientSecret DeleteUserPoolReplica
      UpdateUserPoolReplica`,
    reason: 'A pool is in one region here, and a client has the secret that it was made with. Try it on AWS',
  },
  {
    operations: 'AddCustomAttributes',
    reason:
      'A pool has the attributes that it was made with. Give CreateUserPool or the template a Schema with them',
  },
  {
    operations: 'ListUserPoolClientSecrets',
    reason: 'A client has one secret here. DescribeUserPoolClient shows it',
  },
  {
    operations: `GetProvisionedLimit GetSigningCertificate ListTagsForResource ListUserPoolReplicas
       TagResource UntagResource UpdateProvisionedLimit`,
    reason: 'It is about how AWS keeps pools, which is not imitated here. Try it on AWS',
  },
];

/** The reason by operation. */
export const REFUSED_OPERATIONS: ReadonlyMap<string, string> = new Map(
  REFUSALS.flatMap(({ operations, reason }) =>
    operations.split(/\s+/).map((name) => [name, reason] as const),
  ),
);

/** Throw InvalidParameterException, whatever the request. */
export const refusedOperations: Operations = Object.fromEntries(
  [...REFUSED_OPERATIONS].map(([name, reason]) => [
    name,
    () => {
      throw notImplemented(name, reason);
    },
  ]),
);
