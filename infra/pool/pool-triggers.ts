/** Sets the four triggers of a user pool beside those that it has. */
import { Stack, Token } from 'aws-cdk-lib';
import { type CfnUserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { EventVersion, TriggerArns } from '../../shared/pool/places.ts';
import { nameOf, objectOf, type Properties } from '../check/synthesized.ts';
import type { Triggers } from '../watch/watched.ts';
import type { GivenPool } from './given-pool.ts';

/** Cognito sends events of the later versions only to a function that the newer property names. */
const operationsFor = (version: EventVersion) =>
  ({
    'define-auth-challenge': UserPoolOperation.DEFINE_AUTH_CHALLENGE,
    'create-auth-challenge': UserPoolOperation.CREATE_AUTH_CHALLENGE,
    'verify-auth-challenge': UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE,
    'guard-tokens':
      version === 'V1_0'
        ? UserPoolOperation.PRE_TOKEN_GENERATION
        : UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
  }) as const satisfies Readonly<Record<keyof Triggers, UserPoolOperation>>;

/** What the pool calls already, by the names that CDK has for the properties of LambdaConfig. */
const configOf = ({ resource, construct }: GivenPool): Properties => {
  const { lambdaConfig } = resource;
  // A construct adds its triggers when the template is written; until then they are a token.
  if (construct !== undefined) return objectOf(Stack.of(resource).resolve(lambdaConfig));
  if (!Token.isUnresolved(lambdaConfig)) return objectOf(lambdaConfig);
  throw new Error(
    `The LambdaConfig of the user pool ${nameOf(resource)} is known only at deployment, so EmailOtp cannot add its triggers ` +
      'to it. Write it as an object; what only the deployment knows may be in its properties',
  );
};

const PRE_TOKEN = ['preTokenGeneration', 'preTokenGenerationConfig'];
const CHALLENGES = ['defineAuthChallenge', 'createAuthChallenge', 'verifyAuthChallengeResponse'];

const requireFree = (name: string, config: Properties): void => {
  const taken = [...CHALLENGES, ...PRE_TOKEN].find((property) => config[property] !== undefined);
  if (taken === undefined) return;
  const remedy = PRE_TOKEN.includes(taken)
    ? 'Take it off the pool and give its function to EmailOtp as preTokenGeneration, with the version of its events as ' +
      'preTokenGenerationVersion: guard-tokens calls it after it has let the tokens through'
    : 'Take it off the pool: a pool has one custom authentication, and this one is to ask for the code';
  throw new Error(`The user pool ${name} has a trigger ${taken} already, which EmailOtp needs. ${remedy}`);
};

/** Lets one user pool call the functions, and nobody else. */
export const permitPool = (functions: readonly IFunction[], sourceArn: string): void => {
  const principal = new ServicePrincipal('cognito-idp.amazonaws.com');
  for (const fn of functions) fn.addPermission('Cognito', { principal, sourceArn });
};

/** Our functions by their places in LambdaConfig. */
export const triggerArns = (triggers: Triggers): TriggerArns => ({
  DefineAuthChallenge: triggers['define-auth-challenge'].functionArn,
  CreateAuthChallenge: triggers['create-auth-challenge'].functionArn,
  VerifyAuthChallengeResponse: triggers['verify-auth-challenge'].functionArn,
  PreTokenGeneration: triggers['guard-tokens'].functionArn,
});

type Calls = readonly (readonly [operation: UserPoolOperation, fn: Triggers[keyof Triggers]])[];

const addToResource = (resource: CfnUserPool, config: Properties, calls: Calls): void => {
  resource.lambdaConfig = {
    ...config,
    ...Object.fromEntries(
      calls.map(([{ operationName }, { functionArn }]) => [
        operationName,
        operationName === 'preTokenGenerationConfig' ? { lambdaArn: functionArn } : functionArn,
      ]),
    ),
  };
  permitPool(
    calls.map(([, fn]) => fn),
    resource.attrArn,
  );
};

/** Throws an error that says what to do if a trigger is taken, or if what the pool has is not known yet. */
export const setTriggers = (pool: GivenPool, triggers: Triggers, version: EventVersion): void => {
  const { resource, construct } = pool;
  const config = configOf(pool);
  requireFree(nameOf(resource), config);
  const calls = Object.entries(operationsFor(version)).map(
    ([service, operation]) => [operation, triggers[service as keyof Triggers]] as const,
  );
  if (construct === undefined) addToResource(resource, config, calls);
  // Triggers that the app adds later have to find these.
  else for (const [operation, fn] of calls) construct.addTrigger(operation, fn);
  // addTrigger takes a later version only with an operation of its own copy of the CDK.
  if (version !== 'V1_0')
    resource.addPropertyOverride('LambdaConfig.PreTokenGenerationConfig.LambdaVersion', version);
};
