import { describe, expect, test } from 'vitest';
import {
  type TrackedMail,
  toFeedbackEvent,
} from '../../../../../../local/engines/ses/feedback/feedback-event.ts';
import type { MailOutcome } from '../../../../../../local/engines/ses/feedback/outcome.ts';
import { aConfigurationSet } from '../ses-fixture.ts';

const ACCEPTED_AT = Date.UTC(2025, 0, 15, 12);
const IDENTITY = 'arn:aws:ses:us-east-1:000000000000:identity/otp@example.com';

const MAIL: TrackedMail = {
  messageId: '0100019-message-000000',
  from: 'Example <otp@example.com>',
  to: ['alice@example.net'],
  subject: 'Your sign-in code',
  text: '004217',
  html: '<p>004217</p>',
  headers: {},
  tags: { challenge: 'id-1', delivery: '1' },
  acceptedAt: ACCEPTED_AT,
  identityArn: IDENTITY,
  configurationSet: aConfigurationSet(),
};

const eventOf = (outcome: MailOutcome) =>
  toFeedbackEvent(MAIL, { recipient: 'Alice <alice@example.net>', outcome, at: ACCEPTED_AT + 200 });

const at = '2025-01-15T12:00:00.200Z';
const emailAddress = 'alice@example.net';
const failure = { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };

describe('an event of SES', () => {
  test('describes the mail, its tags and those of SES as lists, and none of its content', () => {
    const event = eventOf({ type: 'Send' });

    expect(event).toEqual({
      source: 'aws.ses',
      detailType: 'Email Sent',
      resources: [IDENTITY],
      detail: {
        eventType: 'Send',
        mail: {
          timestamp: '2025-01-15T12:00:00.000Z',
          messageId: MAIL.messageId,
          source: 'Example <otp@example.com>',
          sourceArn: IDENTITY,
          sendingAccountId: '000000000000',
          destination: ['alice@example.net'],
          headersTruncated: false,
          headers: expect.arrayContaining([
            { name: 'From', value: 'Example <otp@example.com>' },
            { name: 'To', value: 'alice@example.net' },
            { name: 'Subject', value: 'Your sign-in code' },
          ]),
          commonHeaders: {
            from: ['Example <otp@example.com>'],
            to: ['alice@example.net'],
            messageId: MAIL.messageId,
            subject: 'Your sign-in code',
          },
          tags: {
            challenge: ['id-1'],
            delivery: ['1'],
            'ses:configuration-set': ['codes'],
            'ses:source-ip': ['127.0.0.1'],
            'ses:from-domain': ['example.com'],
            'ses:caller-identity': ['local'],
          },
        },
        send: {},
      },
    });
    expect(JSON.stringify(event)).not.toContain('004217');
  });

  test.each<readonly [MailOutcome, string, object]>([
    [
      { type: 'Delivery', smtpResponse: '250 ok' },
      'Email Delivered',
      {
        delivery: {
          timestamp: at,
          processingTimeMillis: 200,
          recipients: [emailAddress],
          smtpResponse: '250 ok',
          reportingMTA: expect.any(String),
        },
      },
    ],
    [
      { type: 'Bounce', bounceType: 'Permanent', bounceSubType: 'General', ...failure },
      'Email Bounced',
      {
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [{ emailAddress, action: 'failed', ...failure }],
          timestamp: at,
          feedbackId: expect.any(String),
          reportingMTA: expect.stringMatching(/^dns; /),
        },
      },
    ],
    [
      { type: 'Complaint' },
      'Email Complaint Received',
      {
        complaint: {
          complainedRecipients: [{ emailAddress }],
          timestamp: at,
          feedbackId: expect.any(String),
          complaintSubType: null,
          userAgent: expect.any(String),
          complaintFeedbackType: 'abuse',
          arrivalDate: at,
        },
      },
    ],
    [
      { type: 'DeliveryDelay', delayType: 'MailboxFull', ...failure },
      'Email Delivery Delayed',
      {
        deliveryDelay: {
          timestamp: at,
          delayType: 'MailboxFull',
          expirationTime: '2025-01-15T12:05:00.000Z',
          delayedRecipients: [{ emailAddress, ...failure }],
          reportingMTA: expect.any(String),
        },
      },
    ],
    [{ type: 'Reject', reason: 'Bad content' }, 'Email Rejected', { reject: { reason: 'Bad content' } }],
  ])('has its own details: %o', (outcome, detailType, expected) => {
    const event = eventOf(outcome);

    const { mail, eventType, ...details } = event.detail;
    expect(event.detailType).toBe(detailType);
    expect(eventType).toBe(outcome.type);
    expect(details).toEqual(expected);
  });
});
