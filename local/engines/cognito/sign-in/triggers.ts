/** Calls a pool's Lambda triggers as Amazon Cognito does: with a limit of 5 s, and two more attempts after a timeout. */
import type { Clock } from '../../../ground/clock.ts';
import { AwsError, type Invocation, isObject, type JsonObject } from '../../../ground/service.ts';
import { invalidLambdaResponse, invalidParameter } from '../errors.ts';
import type { Client, UserPool } from '../pool.ts';

export type TriggerName =
  | 'PreSignUp'
  | 'PreAuthentication'
  | 'DefineAuthChallenge'
  | 'CreateAuthChallenge'
  | 'VerifyAuthChallengeResponse'
  | 'PostAuthentication'
  | 'PreTokenGeneration';

/** The versions of pre token generation events, by the names of the setting LambdaVersion. Other triggers have the first only. */
export const EVENT_VERSIONS = { V1_0: '1', V2_0: '2', V3_0: '3' } as const;
export type TokenEventVersion = keyof typeof EVENT_VERSIONS;

export interface TriggerCall {
  readonly pool: UserPool;
  /** The app client that the user signs in to. */
  readonly client: Pick<Client, 'id'>;
  /** @default V1_0 */
  readonly version?: TokenEventVersion;
  readonly trigger: TriggerName;
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: JsonObject;
  /** The response in the event that the function gets: its members, all null. */
  readonly response: JsonObject;
}

/** Invokes a trigger's function; `attempt` counts from 1 for each call that Cognito makes. */
export type TriggerInvoke = (functionArn: string, event: unknown, attempt: number) => Promise<Invocation>;

/** Returns the `response` of the event that the function returns. */
export type CallTrigger = (call: TriggerCall) => Promise<JsonObject>;

const TIME_LIMIT_MS = 5000;
const ATTEMPTS = 3;

type Outcome =
  | Invocation
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'unreachable'; readonly reason: string };

const toEvent = (
  { pool, client, version = 'V1_0', triggerSource, userName, request, response }: TriggerCall,
  region: string,
) => ({
  version: EVENT_VERSIONS[version],
  region,
  userPoolId: pool.id,
  userName,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client.id },
  triggerSource,
  request,
  response,
});

/** The text of a function's error reaches the user, as it does on AWS. */
const readOutcome = (trigger: TriggerName, outcome: Outcome): JsonObject => {
  const unexpected = (reason: string) =>
    new AwsError('UnexpectedLambdaException', `${trigger} invocation failed due to error ${reason}.`);
  switch (outcome.kind) {
    case 'returned':
      if (!isObject(outcome.payload) || !isObject(outcome.payload.response)) throw invalidLambdaResponse();
      return outcome.payload.response;
    case 'failed':
    case 'timeout':
      throw new AwsError(
        'UserLambdaValidationException',
        `${trigger} failed with error ${outcome.errorMessage}.`,
      );
    case 'unanswered':
      throw unexpected('Socket timeout while invoking Lambda function');
    case 'unreachable':
      throw unexpected(outcome.reason);
  }
};

/**
 * The limit is in real time, because a fast clock does not make the functions faster. A slow clock makes it longer.
 * Throws UserLambdaValidationException, UnexpectedLambdaException or InvalidLambdaResponseException.
 */
export const createTriggerCaller = (invoke: TriggerInvoke, clock: Clock, region: string): CallTrigger => {
  const attempt = async (arn: string, event: unknown, number: number): Promise<Outcome> => {
    const unanswered = Promise.withResolvers<Outcome>();
    const limit = Math.max(TIME_LIMIT_MS, clock.realDuration(TIME_LIMIT_MS));
    const timer = setTimeout(() => unanswered.resolve({ kind: 'unanswered' }), limit);
    try {
      return await Promise.race([invoke(arn, structuredClone(event), number), unanswered.promise]);
    } catch (error) {
      return { kind: 'unreachable', reason: error instanceof AwsError ? error.code : 'ServiceException' };
    } finally {
      clearTimeout(timer);
    }
  };

  return async (call) => {
    const arn = call.pool.triggers[call.trigger];
    if (arn === undefined)
      throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');

    const event = toEvent(call, region);
    let outcome = await attempt(arn, event, 1);
    for (
      let made = 1;
      made < ATTEMPTS && (outcome.kind === 'unanswered' || outcome.kind === 'timeout');
      made += 1
    ) {
      outcome = await attempt(arn, event, made + 1);
    }
    return readOutcome(call.trigger, outcome);
  };
};
