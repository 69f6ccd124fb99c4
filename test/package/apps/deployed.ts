// The stacks that are deployed: each kind of pool, with and without a pre token generation function of the app.
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPool,
  CfnUserPoolClient,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailOtp } from 'cognito-email-otp';

const app = new App();

const ownPool = (stack: Stack) => {
  const userPool = new UserPool(stack, 'Users', {
    signInAliases: { email: true },
    accountRecovery: AccountRecovery.NONE,
    keepOriginal: { email: true },
    featurePlan: FeaturePlan.LITE,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const client = userPool.addClient('Web', {
    authFlows: { custom: true },
    disableOAuth: true,
    preventUserExistenceErrors: true,
    authSessionValidity: Duration.minutes(15),
    writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
  });
  return { userPool, clientId: client.userPoolClientId };
};

const l1Pool = (stack: Stack) => {
  const userPool = new CfnUserPool(stack, 'Users', {
    usernameAttributes: ['email'],
    accountRecoverySetting: { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] },
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
    userPoolTier: 'ESSENTIALS',
  });
  const client = new CfnUserPoolClient(stack, 'Web', {
    userPoolId: userPool.ref,
    explicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    preventUserExistenceErrors: 'ENABLED',
    authSessionValidity: 15,
    writeAttributes: ['locale'],
  });
  return { userPool, clientId: client.ref };
};

const tokenClaims = (stack: Stack) =>
  new LambdaFunction(stack, 'TokenClaims', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset('token-claims'),
    timeout: Duration.seconds(30),
  });

const codeLength = Number(app.node.tryGetContext('codeLength') ?? 6);

const deployable = (id: string, pool: typeof ownPool | typeof l1Pool, version?: LambdaVersion): void => {
  const stack = new Stack(app, id);
  const { userPool, clientId } = pool(stack);
  new EmailOtp(stack, 'EmailOtp', {
    userPool,
    emailSender: 'otp@example.com',
    codeLength,
    removalPolicy: RemovalPolicy.DESTROY,
    ...(version !== undefined && {
      preTokenGeneration: tokenClaims(stack),
      preTokenGenerationVersion: version,
    }),
  });
  new CfnOutput(stack, 'ClientId', { value: clientId });
};

deployable('OwnPool', ownPool);
deployable('OwnPoolWithTokens', ownPool, LambdaVersion.V1_0);
deployable('L1Pool', l1Pool);
deployable('L1PoolWithTokens', l1Pool, LambdaVersion.V2_0);
