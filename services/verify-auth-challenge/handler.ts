/** Cognito trigger: whether the answer is the code. Waits for nothing that the delivery workflow writes. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { VerifyAuthChallengeResponseTriggerEvent } from 'aws-lambda';
import { withBoundary } from '../../shared/boundary.ts';
import { createChallengeStore } from '../../shared/challenge-store.ts';
import { readClaims } from '../../shared/claims.ts';
import { asksForResend, readUser } from '../../shared/cognito-session.ts';
import { readConfig } from '../../shared/config.ts';
import { createGuardStore } from '../../shared/guard-store.ts';
import { createKeySource } from '../../shared/keyring.ts';
import { toLockLimits } from '../../shared/lock-limits.ts';
import { createMeasure } from '../../shared/metrics.ts';
import { TRIGGER_CLIENT } from '../../shared/sdk-client.ts';
import { type AnswerOutcome, COMPONENT, checkAnswer, type Dependencies } from './check-answer.ts';
import { envSchema } from './config.ts';
import { readReference } from './read-reference.ts';

const config = readConfig(envSchema, process.env);
const database = new DynamoDBClient(TRIGGER_CLIENT);
const dependencies: Dependencies = {
  challenges: createChallengeStore(database, config.TABLE_NAME),
  guards: createGuardStore(database, config.TABLE_NAME),
  keyFor: createKeySource(new SecretsManagerClient(TRIGGER_CLIENT), config.KEY_SECRET_ARN, Date.now),
  measure: createMeasure(COMPONENT, config.METRICS_NAMESPACE),
  now: Date.now,
  codeLength: config.CODE_LENGTH,
  maxAttempts: config.MAX_ATTEMPTS,
  lockLimits: toLockLimits(config),
};

export const handler = withBoundary(
  COMPONENT,
  async (event: VerifyAuthChallengeResponseTriggerEvent, { awsRequestId }) => {
    const { request } = event;
    const userId = readUser(request)?.userId;
    const reference = readReference(request.privateChallengeParameters);

    let outcome: AnswerOutcome | 'unknown' | 'resend' = 'unknown';
    if (asksForResend(request.clientMetadata)) outcome = 'resend';
    else if (userId !== undefined && reference !== undefined) {
      outcome = await checkAnswer(dependencies, {
        userId,
        ...reference,
        answer: request.challengeAnswer,
        requestId: awsRequestId,
        claims: readClaims(request.clientMetadata),
      });
    }

    return {
      result: { ...event, response: { answerCorrect: outcome === 'verified' } },
      report: { outcome, challengeId: reference?.challengeId },
    };
  },
);
