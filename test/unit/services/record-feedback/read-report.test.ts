import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport } from '../../../../services/record-feedback/read-report.ts';
import { readFeedback } from '../../../../shared/messages/feedback.ts';
import { aFeedback, asSesRepeats, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { REF } from '../../../support/table/challenges.ts';

const read = (event: unknown) => {
  const mail = readFeedback(event, CONFIGURATION_SET);
  return mail && readReport(mail);
};

describe('a report of SES', () => {
  test.each([
    ['Send', 'ACCEPTED', {}],
    ['Delivery', 'DELIVERED', { smtpReply: '250 2.0.0 OK', processingMs: 812 }],
    ['DeliveryDelay', 'DELAYED', { type: 'MailboxFull' }],
    ['Bounce', 'BOUNCED', { type: 'Permanent', subtype: 'General' }],
    ['Complaint', 'COMPLAINED', {}],
    ['Reject', 'REJECTED', { reason: 'Bad content' }],
  ] as const)('of type %s becomes the fact %s', (eventType, report, details) => {
    const event = aFeedback(eventType, { delivery: 2 });

    expect(read(event)).toEqual({
      ...REF,
      delivery: 2,
      report,
      fact: { at: event.at, by: 'record-feedback', messageId: 'message-2', ...details },
    });
  });

  test.each([
    'OnAccountSuppressionList',
    'OnTenantSuppressionList',
    'Suppressed',
    'EmailValidationSuppressed',
  ])('that a mail was not even tried (%s) becomes SUPPRESSED', (subtype) => {
    const detail = { bounceType: 'Permanent', bounceSubType: subtype };

    expect(read(aFeedback('Bounce', { detail }))?.report).toBe('SUPPRESSED');
  });

  test('may have types that are new, and times in other zones', () => {
    const detail = { bounceType: 'Permanent', bounceSubType: 'SomethingNew' };

    const feedback = read(aFeedback('Bounce', { detail, at: '2025-01-15T13:00:02.5+01:00' }));

    expect(feedback?.fact).toMatchObject({ subtype: 'SomethingNew', at: '2025-01-15T12:00:02.500Z' });
  });
});

describe('a server’s own text', () => {
  test('is kept in one line and without the address', () => {
    const smtpResponse = '250 OK\r\n\tqueued for <alice@example.com>';
    const event = aFeedback('Delivery', { detail: { smtpResponse, processingTimeMillis: 1 } });

    expect(read(event)?.fact.smtpReply).toBe('250 OK queued for <***>');
  });

  test.each([193, 197, 393, 397])('has no half of an address that begins at character %i', (at) => {
    const bounceAddress = `${'v'.repeat(at - '250 @example.com '.length)}@example.com`;
    const smtpResponse = `250 ${bounceAddress} alice.b@example.com is welcome`;
    const event = aFeedback('Delivery', { detail: { smtpResponse, processingTimeMillis: 1 } });

    expect(read(event)?.fact.smtpReply).toBe('250 *** *** is welcome');
  });

  test('is kept short, and is not accepted as a type', () => {
    const long = aFeedback('Delivery', { detail: { smtpResponse: '250 OK '.repeat(1_000) } });
    const endless = aFeedback('Delivery', { detail: { smtpResponse: '250 OK '.repeat(50_000) } });
    const noWord = aFeedback('Bounce', {
      detail: { bounceType: 'alice@example.com', bounceSubType: { a: 1 } },
    });

    expect(read(long)?.fact.smtpReply).toMatch(/^(?:250 OK ){28}250$/);
    expect(read(endless)?.fact.smtpReply).toBe('');
    expect(read(noWord)?.fact).toMatchObject({ type: 'Unknown', subtype: 'Unknown' });
  });
});

test('whatever else SES says: read, ignored or refused, and never with an address', () => {
  const tags = asSesRepeats({ ...REF, delivery: 1 });
  const event = fc.record(
    { eventType: fc.anything(), messageId: fc.anything(), at: fc.anything(), detail: fc.anything() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(event, (fields) => {
      try {
        read({ ...fields, tags });
      } catch (error) {
        expect((error as Error).name).toBe('InvalidFeedback');
      }
    }),
  );
});
