/** Makes SES's events for EventBridge (SES Developer Guide, "Contents of event data"). They contain address and subject. */
import { randomUUID } from 'node:crypto';
import type { EventEntry } from '../../events/event.ts';
import { bareAddress, domainOf } from '../address.ts';
import type { AcceptedMail } from '../inbox.ts';
import type { ConfigurationSet } from './configuration-set.ts';
import type { EventType, MailOutcome } from './outcome.ts';

/** A mail that SES has accepted, with a configuration set that may publish its outcomes. */
export interface TrackedMail extends AcceptedMail {
  /** Epoch milliseconds of the local clock. */
  readonly acceptedAt: number;
  readonly identityArn: string;
  readonly configurationSet: ConfigurationSet;
}

/** One outcome of one recipient, at one time. */
export interface Occurrence {
  readonly recipient: string;
  readonly outcome: MailOutcome;
  /** Epoch milliseconds of the local clock. */
  readonly at: number;
}

const DETAIL_TYPES: Readonly<Record<EventType, string>> = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  DeliveryDelay: 'Email Delivery Delayed',
  Reject: 'Email Rejected',
};

const REPORTING_MTA = 'a8-31.smtp-out.amazonses.com';

const iso = (at: number): string => new Date(at).toISOString();

const mailDetail = (mail: TrackedMail) => {
  const { messageId, from, to, replyTo, subject, headers, tags, acceptedAt, identityArn, configurationSet } =
    mail;
  const contentType = `multipart/alternative; boundary="----=_Part_${messageId.slice(0, 16)}"`;
  return {
    timestamp: iso(acceptedAt),
    messageId,
    source: from,
    sourceArn: identityArn,
    sendingAccountId: identityArn.split(':')[4],
    destination: to,
    headersTruncated: false,
    headers: [
      { name: 'From', value: from },
      ...(replyTo ? [{ name: 'Reply-To', value: replyTo.join(', ') }] : []),
      { name: 'To', value: to.join(', ') },
      { name: 'Subject', value: subject },
      { name: 'MIME-Version', value: '1.0' },
      { name: 'Content-Type', value: contentType },
      ...Object.entries(headers).map(([name, value]) => ({ name, value })),
    ],
    commonHeaders: { from: [from], ...(replyTo && { replyTo }), to, messageId, subject },
    tags: {
      ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
      'ses:configuration-set': [configurationSet.name],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domainOf(from)],
      'ses:caller-identity': ['local'],
    },
  };
};

/** The part of the event that is named after its type. */
const outcomeDetail = (mail: TrackedMail, { recipient, outcome, at }: Occurrence) => {
  const timestamp = iso(at);
  const emailAddress = bareAddress(recipient);
  switch (outcome.type) {
    case 'Send':
      return { send: {} };
    case 'Delivery':
      return {
        delivery: {
          timestamp,
          processingTimeMillis: at - mail.acceptedAt,
          recipients: [emailAddress],
          smtpResponse: outcome.smtpResponse,
          reportingMTA: REPORTING_MTA,
        },
      };
    case 'Bounce': {
      const { bounceType, bounceSubType, status, diagnosticCode } = outcome;
      const bouncedRecipients = [{ emailAddress, action: 'failed', status, diagnosticCode }];
      const reportingMTA = `dns; ${REPORTING_MTA}`;
      return {
        bounce: {
          bounceType,
          bounceSubType,
          bouncedRecipients,
          timestamp,
          feedbackId: randomUUID(),
          reportingMTA,
        },
      };
    }
    case 'Complaint':
      return {
        complaint: {
          complainedRecipients: [{ emailAddress }],
          timestamp,
          feedbackId: randomUUID(),
          complaintSubType: null,
          userAgent: 'Amazon SES Mailbox Simulator',
          complaintFeedbackType: 'abuse',
          arrivalDate: timestamp,
        },
      };
    case 'DeliveryDelay': {
      const { delayType, status, diagnosticCode } = outcome;
      const expirationTime = iso(mail.acceptedAt + mail.configurationSet.maxDeliverySeconds * 1_000);
      const delayedRecipients = [{ emailAddress, status, diagnosticCode }];
      return {
        deliveryDelay: {
          timestamp,
          delayType,
          expirationTime,
          delayedRecipients,
          reportingMTA: REPORTING_MTA,
        },
      };
    }
    case 'Reject':
      return { reject: { reason: outcome.reason } };
  }
};

export const toFeedbackEvent = (mail: TrackedMail, occurrence: Occurrence): EventEntry => ({
  source: 'aws.ses',
  detailType: DETAIL_TYPES[occurrence.outcome.type],
  resources: [mail.identityArn],
  detail: {
    eventType: occurrence.outcome.type,
    mail: mailDetail(mail),
    ...outcomeDetail(mail, occurrence),
  },
});
