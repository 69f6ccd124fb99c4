/** An app with more than a sign-in: a bucket, a queue and an API, and a pool with groups and two clients. */
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CognitoUserPoolsAuthorizer, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AccountRecovery,
  ClientAttributes,
  UserPool,
  type UserPoolClientOptions,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Function as AppFunction, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EmailOtp } from '../../../infra/email-otp.ts';

const app = new App({ builtinCloudFormationValidation: false });
const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });

const userPool = new UserPool(stack, 'Customers', {
  userPoolName: 'customers',
  signInAliases: { email: true },
  accountRecovery: AccountRecovery.NONE,
  keepOriginal: { email: true },
});
const client: UserPoolClientOptions = {
  authFlows: { custom: true },
  disableOAuth: true,
  preventUserExistenceErrors: true,
  authSessionValidity: Duration.minutes(15),
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
};
const web = userPool.addClient('Web', client);
userPool.addClient('Mobile', { ...client, userPoolClientName: 'mobile' });
new UserPoolGroup(stack, 'Staff', { userPool, groupName: 'staff' });

new EmailOtp(stack, 'SecondFactor', {
  userPool,
  emailSender: 'shop@example.com',
  codeLength: Number(app.node.tryGetContext('codeLength') ?? 6),
});

const uploads = new Bucket(stack, 'Uploads');
const orders = new Queue(stack, 'Orders', { fifo: true });
const backend = new AppFunction(stack, 'Backend', {
  runtime: Runtime.PYTHON_3_13,
  handler: 'index.handler',
  code: Code.fromInline('def handler(event, context): return {}'),
  environment: {
    UPLOADS: uploads.bucketName,
    ORDERS: orders.queueUrl,
    POOL: userPool.userPoolId,
    CLIENT: web.userPoolClientId,
  },
});
new Rule(stack, 'Nightly', {
  schedule: Schedule.cron({ hour: '3' }),
  targets: [new LambdaFunction(backend)],
});
const api = new RestApi(stack, 'Api');
api.root.addMethod('GET', new LambdaIntegration(backend), {
  authorizer: new CognitoUserPoolsAuthorizer(stack, 'Customer', { cognitoUserPools: [userPool] }),
});
new CfnOutput(stack, 'ApiUrl', { value: api.url });
app.synth();
