import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { writeClientMetadata } from '../../../../shared/messages/client-metadata.ts';
import { writeSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import { challengeKey } from '../../../../shared/table/table.ts';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import {
  ADDRESS_KEY,
  aChallenge,
  aChallengeId,
  aFact,
  EMAIL,
  USER_ID,
} from '../../../support/table/challenges.ts';

const dynamo = mockClient(DynamoDBClient);
const stepFunctions = mockClient(SFNClient);
const secrets = mockClient(SecretsManagerClient);
afterAll(() => {
  for (const mock of [dynamo, stepFunctions, secrets]) mock.restore();
});
const ENVIRONMENT = {
  TABLE_NAME: 'challenges',
  METRICS_NAMESPACE: 'EmailOtp',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:Delivery',
  ADDRESS_KEY_SECRET_ARN: 'arn:address-key',
  REQUIRE_VERIFIED_EMAIL: 'false',
  SESSION_VALIDITY_SECONDS: '900',
};
const create = await loadHandler('create-auth-challenge', ENVIRONMENT);

const IN_AN_HOUR = Date.now() + 3_600_000;
const STORED = {
  ...challengeKey(USER_ID, aChallengeId()),
  ...marshall(aChallenge({ expiresAt: IN_AN_HOUR, events: { '1#REQUESTED': aFact() } })),
};
const PASSWORD = { challengeName: 'PASSWORD_VERIFIER', challengeResult: true, challengeMetadata: null };
const ROUND = {
  challengeName: 'CUSTOM_CHALLENGE',
  challengeResult: false,
  challengeMetadata: writeSessionMetadata({ challengeId: aChallengeId(), afterStatus: false }),
};

const anEvent = (changes: Readonly<Record<string, unknown>> = {}) => ({
  version: '1',
  request: {
    userAttributes: { sub: USER_ID, email: 'alice@example.com' },
    challengeName: 'CUSTOM_CHALLENGE',
    session: [PASSWORD],
    ...changes,
  },
  response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
});

interface Answer {
  readonly response: {
    readonly publicChallengeParameters: Readonly<Record<string, string>>;
    readonly privateChallengeParameters: Readonly<Record<string, string>>;
  };
}

/** The names of the commands that were sent, in order. */
const sent = () => [...dynamo.calls(), ...stepFunctions.calls()].map(({ args }) => args[0].constructor.name);

beforeEach(() => {
  dynamo.reset();
  stepFunctions.reset();
  secrets.reset();
  secrets
    .on(GetSecretValueCommand, { SecretId: 'arn:address-key' })
    .resolves({ SecretString: ADDRESS_KEY.export().toString('utf8') });
  dynamo.on(GetItemCommand).resolves({});
  dynamo.on(UpdateItemCommand).resolves({ Attributes: STORED });
  stepFunctions.on(StartExecutionCommand).resolves({});
});

test('returns a reference to a new challenge and orders its mail, in 4 calls', async () => {
  const answer = await create(anEvent());

  expect(answer).toMatchObject({
    response: {
      publicChallengeParameters: { challenge: 'NEW', destination: 'a***@e***.com', codeLength: '6' },
      challengeMetadata: expect.stringMatching(/^challenge-[0-9a-f-]{36}$/),
    },
  });
  expect(sent()).toEqual([
    'GetItemCommand',
    'UpdateItemCommand',
    'UpdateItemCommand',
    'StartExecutionCommand',
  ]);
});

test('hands out the challenge of the last round again, in 1 call, each time as another round', async () => {
  dynamo.on(BatchGetItemCommand).resolves({ Responses: { challenges: [STORED] } });
  const event = anEvent({ session: [PASSWORD, ROUND] });

  const [first, second] = [(await create(event)) as Answer, (await create(event)) as Answer];

  expect(first.response.publicChallengeParameters.challenge).toBe('SAME');
  expect(first.response.privateChallengeParameters.challengeId).toBe(aChallengeId());
  expect(first.response.privateChallengeParameters.round).not.toBe(
    second.response.privateChallengeParameters.round,
  );
  expect(sent()).toEqual(['BatchGetItemCommand', 'BatchGetItemCommand']);
});

test('orders another mail only for a sign-in that has had one', async () => {
  const clientMetadata = writeClientMetadata({ call: 'resend' });

  const answer = (await create(anEvent({ clientMetadata }))) as Answer;

  expect(answer.response.publicChallengeParameters.challenge).toBe('NEW');
  expect(sent()).toHaveLength(4);
});

test.each([
  ['the page’s language, for a user who has set none', 'pt-BR', undefined, 'pt-BR'],
  ['the user’s own before the page’s', 'pt-BR', 'de_AT', 'de-AT,pt-BR'],
  ['nothing of what is no language', `de\r\nBcc: ${'x'.repeat(9)}`, '__proto__', 'und'],
  ['nothing of a text of 2 KB', 'de'.repeat(1024), undefined, 'und'],
])('orders the mail with %s', async (_, pageLocale, locale, wishes) => {
  const userAttributes = { sub: USER_ID, email: EMAIL, ...(locale && { locale }) };

  await create(anEvent({ userAttributes, clientMetadata: { locale: pageLocale } }));

  const { input = '{}' } = stepFunctions.commandCalls(StartExecutionCommand)[0]?.args[0].input ?? {};
  expect(JSON.parse(input).locale).toBe(wishes);
});

test('tells the user what is wrong with their address, and makes no call', async () => {
  const answer = create(anEvent({ userAttributes: { sub: USER_ID } }));

  await expect(answer).rejects.toMatchObject({ name: 'EmailMissing' });
  expect(sent()).toEqual([]);
});

test('does not start without its settings, and names them all', async () => {
  const loading = loadHandler('create-auth-challenge', {
    ...ENVIRONMENT,
    TABLE_NAME: '',
    CODE_LENGTH: '5',
  });

  await expect(loading).rejects.toThrow(
    'TABLE_NAME is not set; CODE_LENGTH must be a whole number from 6 to 10',
  );
});

test('refuses a locked user by a name and a time, and orders nothing', async () => {
  const failedRounds = new Set(Array.from({ length: 20 }, (_, n) => `round-${n}`));
  const userRecord = { version: 40, failedRounds, lastFailureAt: Date.now() };
  dynamo.on(GetItemCommand).resolves({ Item: marshall(userRecord) });

  const answer = create(anEvent());

  await expect(answer).rejects.toMatchObject({
    name: 'LOCKED',
    message: expect.stringMatching(
      /^Too many wrong codes, or a mail was reported\. Try again later\. \[LOCKED until 20.*Z\]$/,
    ),
  });
  expect(sent()).toEqual(['GetItemCommand']);
});
