import { type App, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  UserPool,
  type UserPoolClientOptions,
  UserPoolOperation,
  type UserPoolProps,
} from 'aws-cdk-lib/aws-cognito';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { checkPool, type PoolCheckProps } from '../../../../infra/check/pool-check.ts';
import { readGivenPool } from '../../../../infra/pool/given-pool.ts';
import { anApp } from '../../../support/infra/templates.ts';

/** A pool with which nothing is wrong. */
export const SOUND: UserPoolProps = {
  accountRecovery: AccountRecovery.NONE,
  signInAliases: { email: true },
  keepOriginal: { email: true },
};

/** A client with which nothing is wrong. */
export const SAFE: UserPoolClientOptions = {
  authFlows: { custom: true },
  disableOAuth: true,
  preventUserExistenceErrors: true,
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
  authSessionValidity: Duration.minutes(15),
};
export const SRP: UserPoolClientOptions = { ...SAFE, authFlows: { custom: true, userSrp: true } };

const OPERATIONS = {
  'define-auth-challenge': UserPoolOperation.DEFINE_AUTH_CHALLENGE,
  'create-auth-challenge': UserPoolOperation.CREATE_AUTH_CHALLENGE,
  'verify-auth-challenge': UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE,
  'guard-tokens': UserPoolOperation.PRE_TOKEN_GENERATION,
} as const;

export const aFunction = (stack: Stack, id: string): LambdaFunction =>
  new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('export const handler = (event) => event;'),
  });

/** An app with a pool to which the triggers and the check are added before it has any client. */
export const aShop = (pool: UserPoolProps = SOUND, given: Partial<PoolCheckProps> = {}) => {
  const app = anApp();
  const stack = new Stack(app, 'Shop');
  const userPool = new UserPool(stack, 'Pool', pool);
  const triggers = Object.fromEntries(
    Object.entries(OPERATIONS).map(([service, operation]) => {
      const fn = aFunction(stack, service);
      userPool.addTrigger(operation, fn);
      return [service, fn];
    }),
  ) as unknown as PoolCheckProps['triggers'];
  checkPool(stack, {
    pool: readGivenPool(stack, userPool),
    triggers,
    preTokenGenerationVersion: 'V1_0',
    codeSeconds: 300,
    allowUnsafeClients: {},
    allowEmailRecovery: false,
    ...given,
  });
  return { app, stack, userPool };
};

export type Shop = ReturnType<typeof aShop>;

/** The errors of the synthesis, one line each. */
export const problemsOf = ({ app }: { readonly app: App }): readonly string[] => {
  try {
    app.synth();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
};

/** The warnings of a synthesis without an error, each with its name in brackets at its end. */
export const warningsOf = ({ app }: { readonly app: App }): readonly string[] => {
  app.synth();
  return app.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => String(data))
    .filter((text) => text.includes('EmailOtp-'));
};
