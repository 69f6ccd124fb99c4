/** Whether Cognito calls our four triggers, and no other pre token generation, in the pool as it is synthesized. */
import { isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Triggers } from '../watch/watched.ts';
import { objectOf, type Properties } from './synthesized.ts';

const PROPERTIES = {
  'define-auth-challenge': 'DefineAuthChallenge',
  'create-auth-challenge': 'CreateAuthChallenge',
  'verify-auth-challenge': 'VerifyAuthChallengeResponse',
  'guard-tokens': 'PreTokenGeneration',
} as const satisfies Readonly<Record<keyof Triggers, string>>;

const REMEDY =
  'Leave these triggers to EmailOtp: set others with userPool.addTrigger, and not by assigning or overriding lambdaConfig';

/** The functions that Cognito calls for a trigger; undefined stands for none, and for one that is called in another form. */
const calledFor = (service: keyof Triggers, config: Properties): readonly unknown[] => {
  const { PreTokenGeneration, PreTokenGenerationConfig } = config;
  if (service !== 'guard-tokens' || PreTokenGenerationConfig === undefined)
    return [config[PROPERTIES[service]]];
  // Cognito takes either property, or both with the same function. The guard answers in the form of the first version.
  const { LambdaArn, LambdaVersion = 'V1_0' } = objectOf(PreTokenGenerationConfig);
  const configured = LambdaVersion === 'V1_0' ? LambdaArn : undefined;
  return PreTokenGeneration === undefined ? [configured] : [PreTokenGeneration, configured];
};

export const problemsOfTriggers = (
  userPool: UserPool,
  { LambdaConfig }: Properties,
  triggers: Triggers,
): readonly string[] =>
  (Object.keys(PROPERTIES) as (keyof Triggers)[])
    .filter((service) => {
      const arn: unknown = Stack.of(userPool).resolve(triggers[service].functionArn);
      return !calledFor(service, objectOf(LambdaConfig)).every((called) => isDeepStrictEqual(called, arn));
    })
    .map((service) => {
      const harm = service === 'guard-tokens' ? 'it gives tokens without a code' : 'nobody can sign in';
      return (
        `The user pool ${userPool.node.path} does not call ${service} as EmailOtp set it: ${PROPERTIES[service]} in its ` +
        `LambdaConfig is gone, another function, or in another version, so ${harm}. ${REMEDY}`
      );
    });
