/** Whether Cognito calls our four triggers, and no other pre token generation, in the pool as it is synthesized. */
import { isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import type { GivenPool } from '../pool/given-pool.ts';
import type { Triggers } from '../watch/watched.ts';
import type { PoolCheckProps } from './pool-check.ts';
import { adviceOf } from './problem.ts';
import { nameOf, objectOf, type Properties } from './synthesized.ts';

const PROPERTIES = {
  'define-auth-challenge': 'DefineAuthChallenge',
  'create-auth-challenge': 'CreateAuthChallenge',
  'verify-auth-challenge': 'VerifyAuthChallengeResponse',
  'guard-tokens': 'PreTokenGeneration',
} as const satisfies Readonly<Record<keyof Triggers, string>>;

const REMEDY =
  'Leave these triggers to EmailOtp: set others with userPool.addTrigger, and not by assigning or overriding lambdaConfig, ' +
  'and give a pre token generation function of your own to EmailOtp as preTokenGeneration';

type TriggerCheckProps = PoolCheckProps & { readonly pool: GivenPool };
type Version = PoolCheckProps['preTokenGenerationVersion'];

/** The functions that Cognito calls for a trigger; undefined stands for none, and for one that is called in another form. */
const calledFor = (service: keyof Triggers, config: Properties, version: Version): readonly unknown[] => {
  const { PreTokenGeneration, PreTokenGenerationConfig } = config;
  if (service !== 'guard-tokens') return [config[PROPERTIES[service]]];
  // Cognito takes either property, or both with the same function. The older one alone stands for the first version.
  const isOlder = PreTokenGenerationConfig === undefined;
  const { LambdaArn, LambdaVersion = 'V1_0' } = objectOf(
    isOlder ? { LambdaArn: PreTokenGeneration } : PreTokenGenerationConfig,
  );
  const configured = LambdaVersion === version ? LambdaArn : undefined;
  return isOlder || PreTokenGeneration === undefined ? [configured] : [PreTokenGeneration, configured];
};

/** Cognito refuses such a pool when it is deployed. */
const tooSmallPlan = (
  { pool, preTokenGenerationVersion: version }: TriggerCheckProps,
  { UserPoolTier }: Properties,
): readonly string[] => {
  if (version === 'V1_0' || UserPoolTier !== 'LITE') return [];
  const remedy = adviceOf(
    { how: 'with featurePlan: FeaturePlan.ESSENTIALS or PLUS', property: 'UserPoolTier: ESSENTIALS or PLUS' },
    pool.isResource,
  );
  return [
    `The user pool ${nameOf(pool.resource)} is on the Lite plan, on which Cognito takes no preTokenGenerationVersion but ` +
      `V1_0; it is ${version}. ${remedy}, or leave preTokenGenerationVersion out`,
  ];
};

export const problemsOfTriggers = (props: TriggerCheckProps, properties: Properties): readonly string[] => {
  const { pool, triggers, preTokenGenerationVersion: version } = props;
  const config = objectOf(properties.LambdaConfig);
  const misdirected = (Object.keys(PROPERTIES) as (keyof Triggers)[])
    .filter((service) => {
      const arn: unknown = Stack.of(pool.resource).resolve(triggers[service].functionArn);
      return !calledFor(service, config, version).every((called) => isDeepStrictEqual(called, arn));
    })
    .map((service) => {
      const harm = service === 'guard-tokens' ? 'it gives tokens without a code' : 'nobody can sign in';
      return (
        `The user pool ${nameOf(pool.resource)} does not call ${service} as EmailOtp set it: ${PROPERTIES[service]} in its ` +
        `LambdaConfig is gone, another function, or in another version, so ${harm}. ${REMEDY}`
      );
    });
  return [...misdirected, ...tooSmallPlan(props, properties)];
};
