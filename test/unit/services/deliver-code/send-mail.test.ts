import 'aws-sdk-client-mock-vitest/extend';
import { SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSendMail } from '../../../../services/deliver-code/send-mail.ts';
import { ReportedError } from '../../../../shared/lambda/reported-error.ts';
import { aChallengeId, REF, USER_ID } from '../../../support/table/challenges.ts';

const client = new SESv2Client({ region: 'us-east-1' });
const ses = mockClient(client);
const sendMail = createSendMail(client, {
  from: 'Example <otp@example.com>',
  configurationSet: 'sign-in-codes',
});

const ENVELOPE = { ...REF, delivery: 2, email: 'alice@example.com' };
const MAIL = { language: 'de', subject: 'Your sign-in code', text: 'in plain words', html: '<p>in HTML</p>' };

/** An exception as SES returns it. Its text quotes the address, as SES’s own does. */
const exception = (name: string, message = 'alice@example.com is not welcome', httpStatusCode = 400) =>
  new SESv2ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });

const outcomeOf = async (error: Error) => {
  ses.on(SendEmailCommand).rejects(error);
  const outcome = await sendMail(ENVELOPE, MAIL);
  return outcome.kind === 'accepted' ? expect.unreachable('SES took the mail') : outcome;
};
const failureOf = async (error: Error): Promise<Error> => (await outcomeOf(error)).error;

beforeEach(() => {
  ses.reset();
});

test('hands SES the whole mail, with the tags that join its events to the challenge', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'message-1' });

  const outcome = await sendMail(ENVELOPE, MAIL);

  expect(outcome).toEqual({ kind: 'accepted', messageId: 'message-1' });
  expect(ses).toHaveReceivedCommandTimes(SendEmailCommand, 1);
  expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).toEqual({
    FromEmailAddress: 'Example <otp@example.com>',
    Destination: { ToAddresses: ['alice@example.com'] },
    ConfigurationSetName: 'sign-in-codes',
    Content: {
      Simple: {
        Headers: [
          { Name: 'Auto-Submitted', Value: 'auto-generated' },
          { Name: 'X-Auto-Response-Suppress', Value: 'OOF, AutoReply' },
          { Name: 'Content-Language', Value: 'de' },
          { Name: 'X-Entity-Ref-ID', Value: `${aChallengeId()}-2` },
        ],
        Subject: { Data: 'Your sign-in code', Charset: 'UTF-8' },
        Body: {
          Text: { Data: 'in plain words', Charset: 'UTF-8' },
          Html: { Data: '<p>in HTML</p>', Charset: 'UTF-8' },
        },
      },
    },
    EmailTags: [
      { Name: 'user', Value: USER_ID },
      { Name: 'challenge', Value: aChallengeId() },
      { Name: 'delivery', Value: '2' },
    ],
  });
});

test('has replies go to the brand’s own address, which SES takes outside of the headers only', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'message-1' });
  const sender = { from: 'otp@example.com', configurationSet: 'sign-in-codes', replyTo: 'help@example.com' };

  await createSendMail(client, sender)(ENVELOPE, MAIL);

  const { ReplyToAddresses, Content } = ses.commandCalls(SendEmailCommand)[0]?.args[0].input ?? {};
  expect(ReplyToAddresses).toEqual(['help@example.com']);
  expect(Content?.Simple?.Headers?.map(({ Name }) => Name)).toEqual([
    'Auto-Submitted',
    'X-Auto-Response-Suppress',
    'Content-Language',
    'X-Entity-Ref-ID',
  ]);
});

test('sets headers within the limits of SES, and none that SES sets itself', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'message-1' });

  await sendMail({ ...ENVELOPE, delivery: 99 }, MAIL);

  const headers = ses.commandCalls(SendEmailCommand)[0]?.args[0].input.Content?.Simple?.Headers ?? [];
  expect(headers.length).toBeLessThanOrEqual(15);
  for (const { Name, Value } of headers) {
    expect(Name).toMatch(/^(?!(?:Date|Message-ID|Reply-To|From|To|Subject|Content-Type)$)[!-9;-~]{1,126}$/i);
    expect(Value).toMatch(/^[ -~]{1,870}$/);
  }
});

test('uses tags that SES takes: letters, digits, hyphens and underscores', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'message-1' });

  await sendMail(ENVELOPE, MAIL);

  const tags = ses.commandCalls(SendEmailCommand)[0]?.args[0].input.EmailTags ?? [];
  for (const { Name, Value } of tags) expect(`${Name}${Value}`).toMatch(/^[A-Za-z0-9_-]+$/);
});

test('returns a message id that can be stored, even if SES gave none', async () => {
  ses.on(SendEmailCommand).resolves({});

  const outcome = await sendMail(ENVELOPE, MAIL);

  expect(outcome).toEqual({ kind: 'accepted', messageId: 'unknown' });
});

describe('says in the workflow’s words why SES did not take a mail', () => {
  test.each([
    ['TooManyRequestsException', 'EmailThrottled'],
    ['ThrottlingException', 'EmailThrottled'],
    ['Throttling', 'EmailThrottled'],
    ['InternalServiceErrorException', 'EmailUnavailable'],
    ['ServiceUnavailable', 'EmailUnavailable'],
    ['ConflictException', 'EmailUnavailable'],
    ['Error', 'EmailUnavailable'],
    ['AccountSuspendedException', 'EmailRejected'],
    ['BadRequestException', 'EmailRejected'],
    ['MailFromDomainNotVerifiedException', 'EmailRejected'],
    ['MessageRejected', 'EmailRejected'],
    ['NotFoundException', 'EmailRejected'],
    ['SendingPausedException', 'EmailRejected'],
    ['LimitExceededException', 'EmailRejected'],
    ['AccessDeniedException', 'EmailRejected'],
  ])('%s is %s', async (name, expected) => {
    const failure = await failureOf(exception(name));

    expect(failure).toBeInstanceOf(ReportedError);
    expect(failure).toMatchObject({ name: expected, message: name });
  });

  test.each([
    ['TooManyRequestsException', 'Daily message quota exceeded.'],
    ['ThrottlingException', 'Throttling: Daily message quota exceeded'],
    ['LimitExceededException', 'daily message quota exceeded'],
  ])('a full daily quota is one of its own, though SES calls it %s', async (name, message) => {
    const failure = await failureOf(exception(name, message));

    expect(failure.name).toBe('EmailQuotaReached');
  });

  test('the rate limit is no daily quota', async () => {
    const failure = await failureOf(exception('TooManyRequestsException', 'Maximum sending rate exceeded.'));

    expect(failure.name).toBe('EmailThrottled');
  });

  test('without SES’s own text, which quotes the address', async () => {
    const failure = await failureOf(exception('MessageRejected'));

    expect(`${failure.name} ${failure.message} ${failure.stack} ${JSON.stringify(failure)}`).not.toContain(
      'alice',
    );
  });
});

describe('knows whether SES may have taken the mail', () => {
  const systemError = (code: string) => Object.assign(new Error('no'), { code });

  test.each([
    ['a refusal', exception('MessageRejected')],
    ['a throttling', exception('TooManyRequestsException', 'slow down', 429)],
    ['a failure of SES', exception('InternalServiceErrorException', 'no', 500)],
    ['an answer of a proxy', exception('ServiceUnavailable', 'no', 503)],
    ['a redirection', exception('Unknown', 'no', 301)],
    ['a connection that was refused', systemError('ECONNREFUSED')],
    ['a name that is not found', systemError('ENOTFOUND')],
    ['a name server that does not answer', systemError('EAI_AGAIN')],
    ['a host that is not reached', systemError('EHOSTUNREACH')],
  ])('certainly not after %s', async (_, error) => {
    const { kind, error: failure } = await outcomeOf(error);

    expect(kind).toBe('refused');
    expect(failure.name).not.toBe('EmailUnanswered');
  });

  test.each([
    ['a time-out', Object.assign(new Error('no'), { name: 'TimeoutError' })],
    ['a connection that was cut', systemError('ECONNRESET')],
    ['a connection that was closed', systemError('EPIPE')],
    ['an answer that breaks off', new Error('aborted')],
    [
      'an answer that cannot be read, though it says yes',
      Object.assign(new SyntaxError('Unexpected token'), { $metadata: { httpStatusCode: 200 } }),
    ],
  ])('perhaps after %s, which is repeated a few times only', async (_, error) => {
    const { kind, error: failure } = await outcomeOf(error);

    expect([kind, failure.name]).toEqual(['unclear', 'EmailUnanswered']);
  });
});
