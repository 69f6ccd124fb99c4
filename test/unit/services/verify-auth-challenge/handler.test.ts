import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { writeClientMetadata } from '../../../../shared/messages/client-metadata.ts';
import { writePrivateParameters } from '../../../../shared/messages/private-parameters.ts';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import { ADDRESS_KEY, aChallenge, CLIENT_ID, KEY, REF, USER_ID } from '../../../support/table/challenges.ts';

const dynamo = mockClient(DynamoDBClient);
const secrets = mockClient(SecretsManagerClient);
afterAll(() => {
  for (const mock of [dynamo, secrets]) mock.restore();
});
const verify = await loadHandler('verify-auth-challenge', {
  TABLE_NAME: 'challenges',
  METRICS_NAMESPACE: 'EmailOtp',
  ADDRESS_KEY_SECRET_ARN: 'arn:address-key',
  KEY_SECRET_ARN: 'arn:secret',
});

const CODE = deriveCode(KEY, REF, 6);
const WRONG = CODE === '000000' ? '000001' : '000000';

const anEvent = (changes: Readonly<Record<string, unknown>> = {}) => ({
  version: '1',
  callerContext: { clientId: CLIENT_ID },
  request: {
    userAttributes: { sub: USER_ID, email: 'alice@example.com' },
    privateChallengeParameters: writePrivateParameters({
      challengeId: REF.challengeId,
      round: 'round-1',
      attempts: 0,
    }),
    challengeAnswer: CODE,
    ...changes,
  },
  response: { answerCorrect: null },
});

const networkCalls = () => dynamo.calls().length;

beforeEach(() => {
  dynamo.reset();
  secrets.reset();
  dynamo.on(UpdateItemCommand).resolves({ Attributes: marshall(aChallenge()) });
  const keyring = JSON.stringify({ '1970-01-01T00:00:00.000Z': KEY.export().toString('utf8') });
  secrets.on(GetSecretValueCommand, { SecretId: 'arn:secret' }).resolves({ SecretString: keyring });
  secrets
    .on(GetSecretValueCommand, { SecretId: 'arn:address-key' })
    .resolves({ SecretString: ADDRESS_KEY.export().toString('utf8') });
});

test.each([
  ['right', CODE, true],
  ['wrong', WRONG, false],
])('says in 2 calls whether a code is %s', async (_, challengeAnswer, answerCorrect) => {
  const event = anEvent({ challengeAnswer });

  const answer = await verify(event);

  expect(answer).toEqual({ ...event, response: { answerCorrect } });
  expect(networkCalls()).toBe(2);
});

test.each([
  [
    'another mail is asked for, even with the right code',
    { clientMetadata: writeClientMetadata({ call: 'resend' }) },
  ],
  ['Cognito conceals that there is no such user', { userNotFound: true }],
  ['there are no private parameters', { privateChallengeParameters: null }],
  ['the parameters name no challenge', { privateChallengeParameters: { round: 'round-1' } }],
  ['the answer is missing', { challengeAnswer: undefined }],
  ['the answer has 10,000 characters', { challengeAnswer: CODE.repeat(2_000).slice(0, 10_000) }],
])('says no, without a call, when %s', async (_, changes) => {
  const answer = await verify(anEvent(changes));

  expect(answer).toMatchObject({ response: { answerCorrect: false } });
  expect(networkCalls()).toBe(0);
});

test('fails without telling why when DynamoDB does', async () => {
  dynamo.on(UpdateItemCommand).rejects(new Error(`the item of ${USER_ID} is gone`));

  const answer = verify(anEvent());

  await expect(answer).rejects.toThrow(/^Something went wrong on our side\. Please try again\.$/);
});
