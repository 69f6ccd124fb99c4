/** Hands a mail to SES. A failure gets one of the names that the workflow knows. */
import { type MessageHeader, type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import type { Mail } from '../../shared/mail/compose-mail.ts';
import { mailHeaders } from '../../shared/mail/mail-headers.ts';
import { type MailRef, writeMailTags } from '../../shared/messages/mail-tags.ts';

export type Envelope = MailRef & { readonly email: string };

/**
 * `refused`: SES has certainly not taken the mail. `unclear`: it may have, because its answer was lost. The error's name is a
 * `SendFailure`.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'refused' | 'unclear'; readonly error: ReportedError };

export type SendMail = (envelope: Envelope, mail: Mail) => Promise<SendOutcome>;

export interface Sender {
  readonly from: string;
  readonly configurationSet: string;
  /** Undefined: replies go to the sender. */
  readonly replyTo?: string | undefined;
}

/**
 * The failures that the workflow distinguishes. It repeats throttled and unavailable many times, unanswered only a few
 * times because SES may have taken the mail, and the others never.
 */
export type SendFailure =
  | 'EmailThrottled'
  | 'EmailUnavailable'
  | 'EmailUnanswered'
  | 'EmailQuotaReached'
  | 'EmailRejected';

const REFUSALS: readonly string[] = [
  'AccountSuspendedException',
  'BadRequestException',
  'LimitExceededException',
  'MailFromDomainNotVerifiedException',
  'MessageRejected',
  'NotFoundException',
  'SendingPausedException',
  'AccessDeniedException',
];
const THROTTLES: readonly string[] = ['TooManyRequestsException', 'ThrottlingException', 'Throttling'];

/** SES uses the same names for the daily quota and the rate, but waiting a minute does not help against the daily quota. */
export const classify = ({ name, message }: Error): Exclude<SendFailure, 'EmailUnanswered'> => {
  if (/daily message quota/i.test(message)) return 'EmailQuotaReached';
  if (THROTTLES.includes(name)) return 'EmailThrottled';
  return REFUSALS.includes(name) ? 'EmailRejected' : 'EmailUnavailable';
};

const headersOf = (envelope: Envelope, { language }: Mail): MessageHeader[] =>
  Object.entries(mailHeaders(envelope, language)).map(([Name, Value]) => ({ Name, Value }));

/** The system errors of a connection that never came about, so nothing was sent over it. */
const NEVER_CONNECTED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];

/** An answer of SES that is an error is a refusal, whatever its number; one that cannot be read may stand for a mail. */
const isRefusal = (error: Error): boolean => {
  const { $metadata, code } = error as {
    readonly $metadata?: { httpStatusCode?: number };
    readonly code?: unknown;
  };
  return ($metadata?.httpStatusCode ?? 0) >= 300 || NEVER_CONNECTED.includes(code);
};

/** Sends through SES's API v2. */
export const createSendMail =
  (client: SESv2Client, { from, configurationSet, replyTo }: Sender): SendMail =>
  async (envelope, mail) => {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      // SES refuses this one among the headers.
      ...(replyTo !== undefined && { ReplyToAddresses: [replyTo] }),
      Destination: { ToAddresses: [envelope.email] },
      ConfigurationSetName: configurationSet,
      Content: {
        Simple: {
          Headers: headersOf(envelope, mail),
          Subject: { Data: mail.subject, Charset: 'UTF-8' },
          Body: {
            Text: { Data: mail.text, Charset: 'UTF-8' },
            Html: { Data: mail.html, Charset: 'UTF-8' },
          },
        },
      },
      // SES repeats the tags in its events, where they show which challenge an event is about.
      EmailTags: writeMailTags(envelope),
    });
    try {
      const { MessageId } = await client.send(command);
      return { kind: 'accepted', messageId: MessageId ?? 'unknown' };
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error('unknown');
      // SES's text may contain the address, so only the exception's name is passed on.
      const report = (failure: SendFailure) => new ReportedError(failure, error.name, { cause });
      return isRefusal(error)
        ? { kind: 'refused', error: report(classify(error)) }
        : { kind: 'unclear', error: report('EmailUnanswered') };
    }
  };
