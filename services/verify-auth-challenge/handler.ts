/** Cognito trigger: checks whether the answer is the code. It does not depend on anything that the workflow writes. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { VerifyAuthChallengeResponseTriggerEvent } from 'aws-lambda';
import { claimsOf } from '../../shared/domain/claims.ts';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createAddressKeySource, createKeySource } from '../../shared/lambda/key-source.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { TRIGGER_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { readWishes } from '../../shared/language/read-wishes.ts';
import { readClientMetadata } from '../../shared/messages/client-metadata.ts';
import { readClientId, readUser, userIdIn } from '../../shared/messages/cognito-session.ts';
import { readPrivateParameters } from '../../shared/messages/private-parameters.ts';
import { createChallengeStore } from '../../shared/table/challenge-store.ts';
import { createUserStore } from '../../shared/table/user-store.ts';
import { type AnswerOutcome, COMPONENT, checkAnswer, type Dependencies } from './check-answer.ts';
import { envSchema } from './config.ts';
import { createNotices } from './start-notice.ts';

const config = readConfig(envSchema, process.env);
const database = new DynamoDBClient(TRIGGER_CLIENT);
const secrets = new SecretsManagerClient(TRIGGER_CLIENT);
const dependencies: Dependencies = {
  challenges: createChallengeStore(database, config.tableName),
  users: createUserStore(database, config.tableName),
  keyFor: createKeySource(secrets, config.keySecretArn, Date.now),
  addressKey: createAddressKeySource(secrets, config.addressKeySecretArn, Date.now),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
  limits: config,
};
const { stateMachineArn } = config;
const noticesOf =
  stateMachineArn && createNotices(new SFNClient(TRIGGER_CLIENT), stateMachineArn, dependencies.measure);

export const handler = withBoundary(
  COMPONENT,
  async (event: VerifyAuthChallengeResponseTriggerEvent, context) => {
    const { request } = event;
    const { userId, email, locale } = readUser(request) ?? {};
    const clientId = readClientId(event);
    const said = readClientMetadata(request.clientMetadata);
    const reference = readPrivateParameters(request.privateChallengeParameters);

    let outcome: AnswerOutcome | 'unknown' | 'resend' | 'status' = 'unknown';
    if (said.call !== 'answer') outcome = said.call;
    else if (userId && email && clientId && reference) {
      outcome = await checkAnswer(dependencies, {
        ...reference,
        userId,
        email,
        clientId,
        answer: request.challengeAnswer,
        requestId: context.awsRequestId,
        claims: claimsOf(said),
        startNotice: noticesOf
          ? noticesOf({
              userId,
              challengeId: reference.challengeId,
              email,
              locale: readWishes(locale, said.locale),
              timeLeft: () => context.getRemainingTimeInMillis(),
            })
          : undefined,
      });
    }

    return {
      result: { ...event, response: { answerCorrect: outcome === 'verified' } },
      report: { outcome, challengeId: reference?.challengeId },
    };
  },
  userIdIn,
);
