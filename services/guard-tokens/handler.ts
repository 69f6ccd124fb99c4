/** Cognito trigger (pre token generation): no tokens without a code that was given in this sign-in. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PreTokenGenerationTriggerEvent } from 'aws-lambda';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { TRIGGER_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { readClientId, readUser, userIdIn } from '../../shared/messages/cognito-session.ts';
import { addClaim, readTokenSource, refusal } from './claims-override.ts';
import { envSchema } from './config.ts';
import { COMPONENT, type Dependencies, guardTokens } from './guard-tokens.ts';
import { createSpendStore } from './spend-store.ts';

const config = readConfig(envSchema, process.env);
const dependencies: Dependencies = {
  spends: createSpendStore(new DynamoDBClient(TRIGGER_CLIENT), config.tableName),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
};

export const handler = withBoundary(
  COMPONENT,
  async (event: PreTokenGenerationTriggerEvent, { awsRequestId }) => {
    const source = readTokenSource(event.triggerSource);
    // The sign-in that is refreshed passed this trigger with a code, unless it is older than the service in this pool: the event
    // does not tell. Whoever adds the service revokes the older refresh tokens (docs/security-settings.md).
    if (source === 'refresh')
      return { result: addClaim(event, 'refreshed'), report: { outcome: 'refreshed' } };
    const userId = readUser(event.request)?.userId;
    const clientId = readClientId(event);
    if (source === 'other' || userId === undefined || clientId === undefined) {
      dependencies.measure({ TokensRefused: 1 });
      throw refusal(`Tokens asked for by ${source}`);
    }

    const asked = { userId, clientId, requestId: awsRequestId };
    const { kind, challengeId } = await guardTokens(dependencies, asked);

    if (kind === 'notVerified' || kind === 'spent') throw refusal(kind);
    return { result: addClaim(event, 'verified'), report: { outcome: kind, challengeId } };
  },
  userIdIn,
);
