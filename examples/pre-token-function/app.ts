// The app has a pre token generation function already. EmailOtp calls it once the code was right.
import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailOtp } from 'cognito-email-otp';

const app = new App();
const stack = new Stack(app, 'Shop');

const userPool = new UserPool(stack, 'Users', {
  signInAliases: { email: true },
  accountRecovery: AccountRecovery.NONE,
  keepOriginal: { email: true },
  // Claims of access tokens (V2_0) are not in the plan Lite.
  featurePlan: FeaturePlan.ESSENTIALS,
  // No lambdaTriggers here: the function below is given to EmailOtp instead.
});

userPool.addClient('Web', {
  authFlows: { custom: true },
  disableOAuth: true,
  preventUserExistenceErrors: true,
  authSessionValidity: Duration.minutes(15),
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
});

const tokenClaims = new LambdaFunction(stack, 'TokenClaims', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromAsset('token-claims'),
  timeout: Duration.seconds(2),
});

new EmailOtp(stack, 'EmailOtp', {
  userPool,
  emailSender: 'otp@example.com',
  senderIdentity: 'domain',
  preTokenGeneration: tokenClaims,
  preTokenGenerationVersion: LambdaVersion.V2_0,
});
