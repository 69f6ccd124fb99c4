// A pool and a client as CloudFormation has them, such as an included template gives.
import { App, Stack } from 'aws-cdk-lib';
import { CfnUserPool, CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { EmailOtp } from 'cognito-email-otp';

const app = new App();
const stack = new Stack(app, 'Shop');

const userPool = new CfnUserPool(stack, 'Users', {
  usernameAttributes: ['email'],
  accountRecoverySetting: { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] },
  userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
});

new CfnUserPoolClient(stack, 'Web', {
  userPoolId: userPool.ref,
  explicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  preventUserExistenceErrors: 'ENABLED',
  authSessionValidity: 15,
  writeAttributes: ['locale'],
});

new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com' });
