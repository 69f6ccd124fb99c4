/** Hands a mail to SES. A failure gets one of the names that the workflow knows. */
import { type MessageHeader, type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { DeliveryRef } from '../../shared/domain/challenge.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { writeMailTags } from '../../shared/messages/mail-tags.ts';
import type { Mail } from './compose-mail.ts';

export interface Envelope extends DeliveryRef {
  readonly email: string;
}

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

/**
 * The headers of a mail that a program wrote. Without them, out-of-office replies come back to the sender. Exchange's `All`
 * would also suppress the reports that a mail did not arrive. By the last header, programs tell a resend from the first mail.
 */
const headersOf = ({ challengeId, delivery }: DeliveryRef, { language }: Mail): MessageHeader[] => [
  { Name: 'Auto-Submitted', Value: 'auto-generated' },
  { Name: 'X-Auto-Response-Suppress', Value: 'OOF, AutoReply' },
  { Name: 'Content-Language', Value: language },
  { Name: 'X-Entity-Ref-ID', Value: `${challengeId}-${delivery}` },
];

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
  (client: SESv2Client, { from, configurationSet }: Sender): SendMail =>
  async (envelope, mail) => {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
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
