// Closes the doors that Amplify leaves open, and gives the pool the second factor.
import { Annotations, type Stack } from 'aws-cdk-lib';
import type { CfnUserPool, CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { EmailOtp } from 'cognito-email-otp';

/** The part of `backend.auth` that is needed here. */
interface AmplifyAuth {
  readonly stack: Stack;
  readonly resources: {
    readonly cfnResources: {
      readonly cfnUserPool: CfnUserPool;
      readonly cfnUserPoolClient: CfnUserPoolClient;
    };
  };
}

const OAUTH = ['AllowedOAuthFlows', 'AllowedOAuthScopes', 'CallbackURLs', 'LogoutURLs'];

export const addEmailOtp = ({ stack, resources }: AmplifyAuth, emailSender: string): EmailOtp => {
  const { cfnUserPool, cfnUserPoolClient } = resources.cfnResources;

  // Amplify allows SRP alone and the hosted pages, which give tokens without a code.
  cfnUserPoolClient.explicitAuthFlows = ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
  cfnUserPoolClient.allowedOAuthFlowsUserPoolClient = false;
  for (const property of OAUTH) cfnUserPoolClient.addPropertyDeletionOverride(property);
  // As long as a code is valid, and longer; Cognito's default is 3 minutes.
  cfnUserPoolClient.authSessionValidity = 15;
  // The mailbox gets the codes, so it must not be a way to a new password as well.
  cfnUserPool.accountRecoverySetting = { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] };
  Annotations.of(cfnUserPoolClient).acknowledgeWarning(
    'EmailOtp-WritableEmail',
    'people sign up by themselves, which writes their address; a new address counts once it is verified',
  );

  return new EmailOtp(stack, 'EmailOtp', { userPool: cfnUserPool, emailSender, senderIdentity: 'domain' });
};
