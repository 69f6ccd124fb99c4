/** Cognito trigger: hands out a reference to a challenge and orders its mail. It never sees a code. */
import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import { hashAddress } from '../../shared/domain/address-hash.ts';
import { claimsOf } from '../../shared/domain/claims.ts';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createAddressKeySource } from '../../shared/lambda/key-source.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { TRIGGER_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { readClientMetadata } from '../../shared/messages/client-metadata.ts';
import { readSession, userIdIn } from '../../shared/messages/cognito-session.ts';
import { createChallengeStore } from '../../shared/table/challenge-store.ts';
import { createUserStore } from '../../shared/table/user-store.ts';
import { envSchema } from './config.ts';
import { COMPONENT, createChallenge, type Dependencies } from './create-challenge.ts';
import { readRecipient } from './read-recipient.ts';
import { toError } from './refusal-error.ts';
import { createReadStanding } from './standing-reader.ts';
import { createStartDelivery } from './start-delivery.ts';
import { countStatusesLeft, writeChallenge } from './write-challenge.ts';

const config = readConfig(envSchema, process.env);
const database = new DynamoDBClient(TRIGGER_CLIENT);
const dependencies: Dependencies = {
  users: createUserStore(database, config.tableName),
  challenges: createChallengeStore(database, config.tableName),
  readStanding: createReadStanding(database, config.tableName),
  startDelivery: createStartDelivery(new SFNClient(TRIGGER_CLIENT), config.stateMachineArn),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
  limits: config,
};

const secrets = new SecretsManagerClient(TRIGGER_CLIENT);
const addressKey = createAddressKeySource(secrets, config.addressKeySecretArn, Date.now);

/** Unique, and short because the user record stores the rounds that failed. */
const newRound = () => randomBytes(12).toString('base64url');

export const handler = withBoundary(
  COMPONENT,
  async (event: CreateAuthChallengeTriggerEvent, { awsRequestId }) => {
    const said = readClientMetadata(event.request.clientMetadata);
    const recipient = readRecipient(event.request, said.locale, config.requireVerifiedEmail);
    const session = readSession(event.request.session);
    const current = session.at(-1)?.challengeId;
    const call = current === undefined ? 'answer' : said.call;
    const addressHash = hashAddress(await addressKey(), recipient.email);
    const asked = { call, addressHash, requestId: awsRequestId, claims: claimsOf(said) };

    const issued = await createChallenge(dependencies, {
      ...recipient,
      ...asked,
      ...(current && { current }),
    });

    if (issued.kind === 'refused') throw toError(issued);
    const { challenge, status, delivery, limited } = issued;
    const afterStatus = call === 'status';
    const statusesLeft = countStatusesLeft(session, afterStatus, config);
    const shown = { ...config, round: newRound(), afterStatus, statusesLeft, now: dependencies.now() };
    return {
      result: writeChallenge(event, issued, shown),
      report: { outcome: status, challengeId: challenge.challengeId, delivery, limited: limited?.code },
    };
  },
  userIdIn,
);
