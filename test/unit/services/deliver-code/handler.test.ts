import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { deriveCode } from '../../../../shared/domain/code.ts';
import type { DeliveryTask } from '../../../../shared/messages/delivery.ts';
import type { NoticeTask } from '../../../../shared/messages/notice.ts';
import { BRAND, SHIPPED, writeMailFile } from '../../../support/mail/mail-settings.ts';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import { ADDRESS_KEY, aChallenge, EMAIL, KEY, REF } from '../../../support/table/challenges.ts';

const dynamo = mockClient(DynamoDBClient);
const secrets = mockClient(SecretsManagerClient);
const ses = mockClient(SESv2Client);
const ENVIRONMENT = {
  TABLE_NAME: 'challenges',
  METRICS_NAMESPACE: 'EmailOtp',
  ADDRESS_KEY_SECRET_ARN: 'arn:address-key',
  KEY_SECRET_ARN: 'arn:secret',
  CONFIGURATION_SET: 'otp-mail',
  EMAIL_SENDER: 'otp@example.com',
  MAIL_FILE: writeMailFile({ ...SHIPPED, brand: BRAND }),
  CODE_LENGTH: '8',
};
const deliver = await loadHandler('deliver-code', ENVIRONMENT);

const CODE = deriveCode(KEY, REF, 8);
const LIVE = aChallenge({ expiresAt: Date.now() + 300_000 });

const anEvent = (changes: Readonly<Record<string, unknown>> = {}): DeliveryTask => ({
  ...REF,
  delivery: 1,
  email: EMAIL,
  locale: 'en',
  execution: 'execution-1',
  retries: 1,
  ...changes,
});

afterAll(() => {
  for (const mock of [dynamo, secrets, ses]) mock.restore();
});
beforeEach(() => {
  for (const mock of [dynamo, secrets, ses]) mock.reset();
  dynamo.on(UpdateItemCommand).resolves({ Attributes: marshall(LIVE) });
  const SecretString = JSON.stringify({ '1970-01-01T00:00:00.000Z': KEY.export().toString('utf8') });
  secrets
    .on(GetSecretValueCommand, { SecretId: 'arn:secret' })
    .resolves({ SecretString })
    .on(GetSecretValueCommand, { SecretId: 'arn:address-key' })
    .resolves({ SecretString: ADDRESS_KEY.export().toString('utf8') });
  ses.on(SendEmailCommand).resolves({ MessageId: 'message-1' });
});

test('mails a code of the configured length, and returns what is to be recorded, without the code', async () => {
  const delivered = await deliver(anEvent());

  expect(delivered).toEqual({ kind: 'sent', messageId: 'message-1', sentAt: expect.any(String), try: 2 });
  const { FromEmailAddress, ReplyToAddresses, ConfigurationSetName, Content } =
    ses.commandCalls(SendEmailCommand)[0]?.args[0].input ?? {};
  expect({ FromEmailAddress, ReplyToAddresses, ConfigurationSetName }).toEqual({
    FromEmailAddress: 'otp@example.com',
    ReplyToAddresses: ['help@shop.example.com'],
    ConfigurationSetName: 'otp-mail',
  });
  expect(Content?.Simple?.Subject?.Data).toContain(BRAND.name);
  expect(Content?.Simple?.Body?.Text?.Data).toContain(`\n\n${CODE}\n\n`);
  expect(JSON.stringify(delivered)).not.toContain(CODE);
});

test('makes no call for an input that is malformed', async () => {
  const delivered = deliver(anEvent({ challengeId: 'challenge-1' }));

  await expect(delivered).rejects.toMatchObject({ name: 'InvalidDelivery' });
  for (const mock of [dynamo, secrets, ses]) expect(mock.calls()).toEqual([]);
});

test('mails nothing while another execution holds the lease, by the name that the workflow waits for', async () => {
  dynamo.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
  dynamo.on(GetItemCommand).resolves({ Item: marshall(LIVE) });

  const delivered = deliver(anEvent());

  await expect(delivered).rejects.toMatchObject({ name: 'LeaseHeld' });
  expect(ses.calls()).toEqual([]);
});

test('reads the key of addresses for a notice, and never that of codes', async () => {
  const fact = { at: new Date().toISOString(), by: 'verify-auth-challenge' };
  const Item = marshall({
    ...LIVE,
    events: { EXHAUSTED: fact },
    'noticedAt#wrongCodes': { at: Date.now(), challengeId: REF.challengeId },
  });
  dynamo.on(GetItemCommand).resolves({ Item }).on(UpdateItemCommand).resolves({ Attributes: Item });
  const input = {
    kind: 'notice',
    notice: 'wrongCodes',
    ...REF,
    email: EMAIL,
    locale: 'en',
    addressHash: 'x',
  };
  const task: NoticeTask = { kind: 'notice', input, retries: 0 };
  // A function that has just started has kept no key.
  const deliverFirst = await loadHandler('deliver-code', ENVIRONMENT);

  const delivered = await deliverFirst(task);

  expect(delivered).toMatchObject({ kind: 'sent', messageId: 'message-1' });
  const read = secrets.commandCalls(GetSecretValueCommand).map(({ args }) => args[0].input.SecretId);
  expect(read).toEqual(['arn:address-key']);
  const { Data = '' } =
    ses.commandCalls(SendEmailCommand)[0]?.args[0].input.Content?.Simple?.Body?.Text ?? {};
  expect(Data).not.toContain(CODE);
});
