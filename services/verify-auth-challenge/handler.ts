/** Cognito trigger: whether the answer is the code. Waits for nothing that the delivery workflow writes. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { VerifyAuthChallengeResponseTriggerEvent } from 'aws-lambda';
import { createKeySource } from '../../shared/domain/keyring.ts';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { TRIGGER_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { readReference } from '../../shared/messages/challenge-parameters.ts';
import { readClaims } from '../../shared/messages/claims.ts';
import { asksForResend, readUser } from '../../shared/messages/cognito-session.ts';
import { createChallengeStore } from '../../shared/table/challenge-store.ts';
import { createGuardStore } from '../../shared/table/guard-store.ts';
import { type AnswerOutcome, COMPONENT, checkAnswer, type Dependencies } from './check-answer.ts';
import { envSchema } from './config.ts';

const config = readConfig(envSchema, process.env);
const database = new DynamoDBClient(TRIGGER_CLIENT);
const dependencies: Dependencies = {
  challenges: createChallengeStore(database, config.tableName),
  guards: createGuardStore(database, config.tableName),
  keyFor: createKeySource(new SecretsManagerClient(TRIGGER_CLIENT), config.keySecretArn, Date.now),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
  limits: config,
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
