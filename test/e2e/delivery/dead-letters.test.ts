import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { clientSettings } from '../../../local/system.ts';
import type { Challenge, ChallengeId, ChallengeRef } from '../../../shared/domain/challenge.ts';
import { asSesRepeats } from '../../support/sign-in/feedback.ts';
import { challengeFor } from '../../support/system/local-api.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
} from '../../support/system/local-system.ts';

const FUNCTION = 'RecordFeedbackLambdaFunction';

let system: TestSystem;
let challenge: Challenge;
let configurationSet: string;
let readChallenge: () => Promise<Challenge>;

beforeAll(async () => {
  system = await startTestSystem();
  const user = await createUser(system);
  await provePassword(system.client, user);
  await system.settled();
  readChallenge = () => challengeFor(system, user);
  // Closed, so that the sweep does not change it while the tests look at it.
  system.clock.adjust({ offsetMs: 10 * 60_000 });
  await vi.waitFor(async () => expect((await readChallenge()).outcome).toBe('EXPIRED'), { timeout: 10_000 });
});
afterAll(() => stopTestSystem(system));
beforeEach(async () => {
  challenge = await readChallenge();
  configurationSet = 'MailSenderConfigurationSet';
});

const refOf = (item: Challenge): ChallengeRef => {
  const { pk, sk } = item as unknown as { readonly pk: string; readonly sk: string };
  return {
    userId: pk.replace('USER#', ''),
    challengeId: sk.replace('CHALLENGE#', '') as ChallengeId,
  };
};

/** A report of a bounce, as the rules pass it on. */
const aReport = (tags: Readonly<Record<string, unknown>> = {}) => ({
  eventType: 'Bounce',
  messageId: challenge.events['1#SENT']?.messageId,
  at: new Date(system.clock.now()).toISOString(),
  detail: { bounceType: 'Permanent', bounceSubType: 'General' },
  tags: { ...asSesRepeats({ ...refOf(challenge), delivery: 1 }, configurationSet), ...tags },
});

const invoke = async (event: unknown): Promise<void> => {
  const response = await fetch(`${system.url}/2015-03-31/functions/${FUNCTION}/invocations`, {
    method: 'POST',
    headers: { 'x-amz-invocation-type': 'Event' },
    body: JSON.stringify(event),
  });
  expect(response.status).toBe(202);
};

const log = (): string => readFileSync(join(system.folder, 'logs', `${FUNCTION}.log`), 'utf8');

const deadLetters = async (): Promise<readonly Record<string, unknown>[]> => {
  const sqs = new SQSClient(clientSettings(system.url));
  const QueueUrl = system.outputs.DeadLetterQueueUrl;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = '{}' }) => JSON.parse(Body));
};

describe('a report that cannot be processed', () => {
  it('is tried three times, says why, changes nothing, and waits in the dead-letter queue', async () => {
    const malformed = aReport({ delivery: ['alice@example.com'] });

    await invoke(malformed);
    system.clock.adjust({ rate: 600 });
    await system.settled();
    system.clock.adjust({ rate: 1 });

    expect(log().match(/"reason":"The tag delivery is missing or malformed"/g)).toHaveLength(3);
    expect(await deadLetters()).toMatchObject([
      {
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        requestPayload: malformed,
        responsePayload: {
          errorType: 'InvalidFeedback',
          errorMessage: 'The tag delivery is missing or malformed',
        },
      },
    ]);
    expect(await readChallenge()).toEqual(challenge);
  });
});

describe('a report is left aside, with a line that says so, and changes nothing', () => {
  it.each([
    ['of a user that is not there', 'unmatched', { user: ['nobody'] }],
    [
      'of a challenge that is not there',
      'unmatched',
      { challenge: ['019b0000-0000-7000-8000-000000000000'] },
    ],
    ['of a mail that was never ordered', 'unmatched', { delivery: ['7'] }],
    ['of a mail with the same tags that was not sent by us', 'unmatched', {}, 'message-1'],
    ['of another configuration set', 'foreign', { 'ses:configuration-set': ['newsletter'] }],
    ['that was recorded already', 'known', {}],
  ])('%s', async (_, outcome, tags, messageId?: string) => {
    if (outcome === 'known') {
      await invoke(aReport(tags));
      await system.settled();
      challenge = await readChallenge();
      expect(challenge.events).toHaveProperty('1#BOUNCED');
    }
    const before = log().length;

    await invoke({ ...aReport(tags), at: '2099-01-01T00:00:00.000Z', ...(messageId && { messageId }) });
    await system.settled();

    await expect.poll(() => log().slice(before)).toMatch(new RegExp(`"outcome":"${outcome}"`));
    expect(await readChallenge()).toEqual(challenge);
  });

  it('of a mail that somebody else sends with the same configuration set', async () => {
    const before = log().length;
    const ses = new SESv2Client(clientSettings(system.url));
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'otp@example.com',
        Destination: { ToAddresses: ['reader@example.com'] },
        ConfigurationSetName: configurationSet,
        Content: { Simple: { Subject: { Data: 'News' }, Body: { Text: { Data: 'Nothing new.' } } } },
      }),
    );
    await system.settled();

    await expect.poll(() => log().slice(before)).toMatch(/"outcome":"foreign"/);
    expect(await readChallenge()).toEqual(challenge);
  });

  it('and keeps of an oversized one no more than fits', async () => {
    const detail = { smtpResponse: `250 ${'x'.repeat(200_000)}`, processingTimeMillis: 1 };

    await invoke({
      ...aReport(),
      eventType: 'Delivery',
      detail,
      at: '2099-01-01T00:00:00.000Z',
      messageId: 'z',
    });
    await system.settled();

    const { events } = await readChallenge();
    expect(String(events['1#DELIVERED']?.smtpReply).length).toBeLessThanOrEqual(200);
  });
});
