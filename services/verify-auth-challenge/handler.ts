/** Cognito trigger: checks whether the answer is the code. It does not depend on anything that the workflow writes. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { VerifyAuthChallengeResponseTriggerEvent } from 'aws-lambda';
import { claimsOf } from '../../shared/domain/claims.ts';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createKeySource } from '../../shared/lambda/key-source.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { TRIGGER_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { readClientMetadata } from '../../shared/messages/client-metadata.ts';
import { readUser } from '../../shared/messages/cognito-session.ts';
import { readPrivateParameters } from '../../shared/messages/private-parameters.ts';
import { createChallengeStore } from '../../shared/table/challenge-store.ts';
import { createUserStore } from '../../shared/table/user-store.ts';
import { type AnswerOutcome, COMPONENT, checkAnswer, type Dependencies } from './check-answer.ts';
import { envSchema } from './config.ts';

const config = readConfig(envSchema, process.env);
const database = new DynamoDBClient(TRIGGER_CLIENT);
const dependencies: Dependencies = {
  challenges: createChallengeStore(database, config.tableName),
  users: createUserStore(database, config.tableName),
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
    const said = readClientMetadata(request.clientMetadata);
    const reference = readPrivateParameters(request.privateChallengeParameters);

    let outcome: AnswerOutcome | 'unknown' | 'resend' = 'unknown';
    if (said.call === 'resend') outcome = 'resend';
    else if (userId !== undefined && reference !== undefined) {
      outcome = await checkAnswer(dependencies, {
        userId,
        ...reference,
        answer: request.challengeAnswer,
        requestId: awsRequestId,
        claims: claimsOf(said),
      });
    }

    return {
      result: { ...event, response: { answerCorrect: outcome === 'verified' } },
      report: { outcome, challengeId: reference?.challengeId },
    };
  },
);
