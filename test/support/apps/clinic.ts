/** An app as Amplify makes it: the resource of CloudFormation as its pool, in a nested stack, with its own token function. */
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnUserPool, CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Function as AppFunction, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailOtp } from '../../../infra/email-otp.ts';

const app = new App({ builtinCloudFormationValidation: false });
const root = new Stack(app, 'amplify-clinic-sandbox');
const data = new NestedStack(root, 'data');
const tenants = new TableV2(data, 'Tenants', { partitionKey: { name: 'id', type: AttributeType.STRING } });

const auth = new NestedStack(root, 'auth');
const userPool = new CfnUserPool(auth, 'amplifyAuthUserPool', {
  usernameAttributes: ['email'],
  policies: { passwordPolicy: { minimumLength: 12 } },
  accountRecoverySetting: { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] },
  userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
});
new CfnUserPoolClient(auth, 'amplifyAuthUserPoolAppClient', {
  userPoolId: userPool.ref,
  explicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  preventUserExistenceErrors: 'ENABLED',
  authSessionValidity: 15,
  writeAttributes: ['locale'],
});
// It says what its environment names, and what it can reach.
const preTokenGeneration = new AppFunction(auth, 'claims', {
  runtime: Runtime.NODEJS_20_X,
  handler: 'index.handler',
  environment: { TENANTS: tenants.tableName },
  code: Code.fromInline(`exports.handler = async (event) => {
  event.response.claimsOverrideDetails = { claimsToAddOrOverride: { tenants: process.env.TENANTS } };
  return event;
};`),
});
new EmailOtp(auth, 'EmailOtp', {
  userPool,
  emailSender: 'Clinic <codes@example.com>',
  senderIdentity: 'existing',
  preTokenGeneration,
});
app.synth();
