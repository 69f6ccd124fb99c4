/** The services behind the handlers. They respond as for one user with an open challenge, or fail with errors that quote secrets. */
import { createSecretKey } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { vi } from 'vitest';
import { hashAddress } from '../../../../shared/domain/address-hash.ts';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { challengeKey, userKey } from '../../../../shared/table/table.ts';
import { aChallenge, aFact, KEY, MINUTE, USER_ID } from '../../../support/table/challenges.ts';

const STARTED = Date.now();
export const REF = { userId: USER_ID, challengeId: newChallengeId(STARTED) };
export const CODE = deriveCode(KEY, REF, 6);
export const ADDRESS = 'planted.alice@example.com';
export const KEY_TEXT = KEY.export().toString('utf8');

/** The text of every secret. As the address key, it is any text. */
const KEYRING = JSON.stringify({ '1970-01-01T00:00:00.000Z': KEY_TEXT });

/** Texts that may appear in no log and in no error. */
export const SECRETS = [CODE, ADDRESS, KEY_TEXT];

const CHALLENGE = aChallenge({
  ...REF,
  addressHash: hashAddress(createSecretKey(KEYRING, 'utf8'), ADDRESS),
  expiresAt: STARTED + 60 * MINUTE,
  events: { '1#REQUESTED': aFact(STARTED) },
});
const OPEN = marshall(CHALLENGE);
/** No write is refused, so the function itself must refuse what is wrong. */
const WRITTEN = marshall({ ...CHALLENGE, events: { ...CHALLENGE.events, TOKENS_ISSUED: aFact(STARTED) } });

const USER_RECORD = marshall({
  version: 3,
  latest: { [REF.challengeId]: { delivery: 1, claimedAt: STARTED } },
  sends: [STARTED],
});

const STANDING = [
  { ...challengeKey(USER_ID, REF.challengeId), ...OPEN },
  { ...userKey(USER_ID), ...USER_RECORD },
];

/** Challenges for which no tokens may be given. */
const NOT_SPENDABLE = [
  { events: { '1#REQUESTED': aFact(STARTED) } },
  { outcome: 'EXHAUSTED', events: { EXHAUSTED: aFact(STARTED) } },
  { outcome: 'VERIFIED', events: { VERIFIED: aFact(STARTED - 2 * MINUTE) } },
  { outcome: 'VERIFIED', events: { VERIFIED: aFact(STARTED), REFUSED: aFact(STARTED) } },
].map((item, n) =>
  marshall({ pk: `USER#${USER_ID}`, sk: `CHALLENGE#${newChallengeId(STARTED - n)}`, ...item }),
);

export const mockEngines = () => {
  const dynamo = mockClient(DynamoDBClient);
  const secrets = mockClient(SecretsManagerClient);
  const ses = mockClient(SESv2Client);
  const stepFunctions = mockClient(SFNClient);
  const cognito = mockClient(CognitoIdentityProviderClient);
  const parameters = mockClient(SSMClient);
  const all = [dynamo, secrets, ses, stepFunctions, cognito, parameters] as const;
  // CloudFormation takes every answer.
  vi.stubGlobal('fetch', async () => new Response());
  return {
    ses,
    work: () => {
      for (const mock of all) mock.reset();
      dynamo.on(GetItemCommand).resolves({});
      dynamo.on(GetItemCommand, { Key: challengeKey(USER_ID, REF.challengeId) }).resolves({ Item: OPEN });
      dynamo.on(GetItemCommand, { Key: userKey(USER_ID) }).resolves({ Item: USER_RECORD });
      dynamo.on(BatchGetItemCommand).resolves({ Responses: { challenges: STANDING } });
      dynamo.on(UpdateItemCommand).resolves({ Attributes: WRITTEN });
      dynamo.on(QueryCommand).resolves({ Items: NOT_SPENDABLE });
      dynamo.on(QueryCommand, { IndexName: 'open' }).resolves({ Items: [] });
      secrets.on(GetSecretValueCommand).resolves({ SecretString: KEYRING });
      ses.on(SendEmailCommand).resolves({ MessageId: 'message-1' });
      stepFunctions.on(StartExecutionCommand).resolves({});
      parameters.on(GetParameterCommand).resolves({ Parameter: { Value: '{}' } });
    },
    /** Makes every call fail, with an error that quotes secrets. */
    fail: () => {
      for (const mock of all) {
        mock.reset();
        mock.rejects(Object.assign(new Error(SECRETS.join(' ')), { name: 'InternalServerError' }));
      }
    },
    restore: () => {
      for (const mock of all) mock.restore();
      vi.unstubAllGlobals();
    },
  };
};
