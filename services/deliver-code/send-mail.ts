/** Hands a mail to SES and says, in the workflow's words, why SES would not take it. */
import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { DeliveryRef } from '../../shared/domain/challenge.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { writeMailTags } from '../../shared/messages/mail-tags.ts';
import type { Mail } from './compose-mail.ts';

export interface Envelope extends DeliveryRef {
  readonly email: string;
}

/** Answers SES's message id. */
export type SendMail = (envelope: Envelope, mail: Mail) => Promise<string>;

export interface Sender {
  readonly from: string;
  readonly configurationSet: string;
}

/**
 * What the workflow matches on. Throttled and unavailable are worth many tries; unanswered is worth few, because SES may
 * have taken the mail; the others are worth none.
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

/** The daily quota hides behind the same names as the rate, and waiting a minute does not help against it. */
export const classify = ({ name, message }: Error): SendFailure => {
  if (/daily message quota/i.test(message)) return 'EmailQuotaReached';
  if (name === 'TimeoutError') return 'EmailUnanswered';
  if (THROTTLES.includes(name)) return 'EmailThrottled';
  return REFUSALS.includes(name) ? 'EmailRejected' : 'EmailUnavailable';
};

/** Mails through SESv2. Throws `ReportedError` with the names that the workflow's retriers look for. */
export const createSendMail =
  (client: SESv2Client, { from, configurationSet }: Sender): SendMail =>
  async (envelope, mail) => {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [envelope.email] },
      ConfigurationSetName: configurationSet,
      Content: {
        Simple: {
          Subject: { Data: mail.subject, Charset: 'UTF-8' },
          Body: {
            Text: { Data: mail.text, Charset: 'UTF-8' },
            Html: { Data: mail.html, Charset: 'UTF-8' },
          },
        },
      },
      // SES repeats the tags in its events; they are what joins an event to its challenge.
      EmailTags: writeMailTags(envelope),
    });
    try {
      const { MessageId } = await client.send(command);
      return MessageId ?? 'unknown';
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error('unknown');
      // SES's own text may quote the address, so only the exception's name is passed on.
      throw new ReportedError(classify(error), error.name, { cause });
    }
  };
