/** An app with a user pool, clients and functions of its own, for the local system: from the CDK to its cloud assembly. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  UserPool,
  type UserPoolClientOptions,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailOtp } from '../../../infra/email-otp.ts';

/** Each function is the source of an ES module that exports `handler`. */
export interface OwnPoolApp {
  readonly client?: UserPoolClientOptions;
  readonly preTokenGeneration?: string;
  /** @default V1_0 */
  readonly version?: keyof typeof VERSIONS;
  readonly triggers?: Readonly<Partial<Record<keyof typeof OPERATIONS, string>>>;
}

const VERSIONS = { V1_0: LambdaVersion.V1_0, V2_0: LambdaVersion.V2_0, V3_0: LambdaVersion.V3_0 } as const;

const OPERATIONS = {
  preSignUp: UserPoolOperation.PRE_SIGN_UP,
  preAuthentication: UserPoolOperation.PRE_AUTHENTICATION,
  postAuthentication: UserPoolOperation.POST_AUTHENTICATION,
} as const;

const CLIENT: UserPoolClientOptions = {
  authFlows: { custom: true },
  disableOAuth: true,
  preventUserExistenceErrors: true,
  enableTokenRevocation: true,
  authSessionValidity: Duration.minutes(10),
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
};

/** Returns the folder of the cloud assembly. The client has the output that local systems for tests look for. */
export const synthesizeOwnPool = ({
  client = {},
  preTokenGeneration,
  version = 'V1_0',
  triggers = {},
}: OwnPoolApp): string => {
  const folder = mkdtempSync(join(tmpdir(), 'own-pool-'));
  // The command line sets it, so that the local system finds the code.
  const context = { 'aws:cdk:enable-asset-metadata': true };
  const outdir = join(folder, 'cdk.out');
  const app = new App({ outdir, context, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'EmailOtp');
  const functionOf = (name: string, source: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), source);
    const code = Code.fromAsset(join(folder, name));
    return new LambdaFunction(stack, name, { code, handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
  };

  const userPool = new UserPool(stack, 'Pool', {
    signInAliases: { email: true },
    signInCaseSensitive: false,
    accountRecovery: AccountRecovery.NONE,
    keepOriginal: { email: true },
    passwordPolicy: { requireUppercase: false, requireSymbols: false },
    featurePlan: FeaturePlan.ESSENTIALS,
  });
  const { userPoolClientId } = userPool.addClient('Client', { ...CLIENT, ...client });
  for (const [name, source] of Object.entries(triggers)) {
    userPool.addTrigger(OPERATIONS[name as keyof typeof OPERATIONS], functionOf(name, source));
  }
  const own = preTokenGeneration === undefined ? undefined : functionOf('claims', preTokenGeneration);
  new EmailOtp(stack, 'Default', {
    userPool,
    emailSender: 'otp@example.com',
    preTokenGeneration: own,
    preTokenGenerationVersion: VERSIONS[version],
  });
  new CfnOutput(stack, 'UserPoolClientId', { value: userPoolClientId });
  app.synth();
  return outdir;
};
