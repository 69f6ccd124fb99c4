/** Cognito trigger (pre token generation): no tokens without a code that was given in this sign-in. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { TRIGGER_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { readClientId, readUser, userIdIn } from '../../shared/messages/cognito-session.ts';
import { type ClaimValue, writeResponse } from './claims-override.ts';
import { envSchema } from './config.ts';
import { COMPONENT, type Dependencies, guardTokens } from './guard-tokens.ts';
import { createSpendStore } from './spend-store.ts';
import { readTokenSource, type TokenEvent } from './token-event.ts';

const config = readConfig(envSchema, process.env);
const dependencies: Dependencies = {
  spends: createSpendStore(new DynamoDBClient(TRIGGER_CLIENT), config.tableName),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
};
// Without such a function, the SDK's client for it is not even read.
const preTokenFunction =
  config.preTokenFunctionArn === undefined
    ? undefined
    : (await import('./pre-token-function.ts')).createPreTokenFunction(config.preTokenFunctionArn);

/** Cognito shows the text to the user, so it does not give the reason; the log does. */
const refusal = (reason: string): ReportedError =>
  new ReportedError('TokensRefused', 'Sign in again, with the code from your mail.', {
    cause: new ReportedError('TokensRefused', reason),
  });

interface Admission {
  /** The value of our claim. Tokens for machines do not have it. */
  readonly claim?: ClaimValue;
  readonly report: { readonly outcome: string; readonly challengeId?: string | undefined };
}

/** Lets the tokens through, or throws `TokensRefused`. */
const admit = async (event: TokenEvent, { awsRequestId }: Context): Promise<Admission> => {
  const source = readTokenSource(event);
  if (source === 'machine') return { report: { outcome: 'clientCredentials' } };
  // The sign-in that is refreshed passed this trigger with a code, unless it is older than the service in this pool: the event
  // does not tell. Whoever adds the service revokes the older refresh tokens (docs/security-settings.md).
  if (source === 'refresh') return { claim: 'refreshed', report: { outcome: 'refreshed' } };
  const userId = readUser(event.request)?.userId;
  const clientId = readClientId(event);
  if (source === 'other' || userId === undefined || clientId === undefined) {
    dependencies.measure({ TokensRefused: 1 });
    throw refusal(`Tokens asked for by ${source}`);
  }

  const asked = { userId, clientId, requestId: awsRequestId };
  const { kind, challengeId } = await guardTokens(dependencies, asked);
  if (kind === 'notVerified' || kind === 'spent') throw refusal(kind);
  return { claim: 'verified', report: { outcome: kind, challengeId } };
};

export const handler = withBoundary(
  COMPONENT,
  async (event: TokenEvent, context) => {
    const { claim, report } = await admit(event, context);
    const response = preTokenFunction
      ? await preTokenFunction(event, context.getRemainingTimeInMillis())
      : event.response;
    return { result: writeResponse(event, response, claim), report };
  },
  userIdIn,
);
