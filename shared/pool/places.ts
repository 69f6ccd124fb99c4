/** The four places of a user pool's LambdaConfig in which our functions stand. */
import { type Json, jsonObject } from './json.ts';

export const PLACES = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'PreTokenGeneration',
] as const;

export type TriggerPlace = (typeof PLACES)[number];

/** The ARN of our function for each place. */
export type TriggerArns = Readonly<Record<TriggerPlace, string>>;

/** The form in which Cognito calls the pre token generation function. */
export const PRE_TOKEN_VERSIONS = ['V1_0', 'V2_0', 'V3_0'] as const;
export type EventVersion = (typeof PRE_TOKEN_VERSIONS)[number];

/** The functions in a place: one at most, save where PreTokenGeneration and PreTokenGenerationConfig differ. */
export const functionsAt = (place: TriggerPlace, pool: Json): readonly string[] => {
  const config = jsonObject(pool.LambdaConfig);
  const { LambdaArn } = place === 'PreTokenGeneration' ? jsonObject(config.PreTokenGenerationConfig) : {};
  const arns = [config[place], LambdaArn].filter((arn) => typeof arn === 'string' && arn !== '');
  return [...new Set(arns as string[])];
};

/** The version in which Cognito calls the function at PreTokenGeneration; undefined without one. */
export const eventVersionOf = (pool: Json): string | undefined => {
  if (functionsAt('PreTokenGeneration', pool).length === 0) return undefined;
  const { LambdaVersion } = jsonObject(jsonObject(pool.LambdaConfig).PreTokenGenerationConfig);
  return String(LambdaVersion ?? 'V1_0');
};

/** The properties that put our function in a place, by dotted names. Cognito wants both of the older and the newer name. */
export const placeProperties = (
  place: TriggerPlace,
  triggers: TriggerArns,
  eventVersion: EventVersion,
): Json => ({
  [`LambdaConfig.${place}`]: triggers[place],
  ...(place === 'PreTokenGeneration'
    ? {
        'LambdaConfig.PreTokenGenerationConfig': { LambdaArn: triggers[place], LambdaVersion: eventVersion },
      }
    : {}),
});
