import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFeedback } from '../../../../services/record-feedback/read-feedback.ts';
import { aFeedback, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { REF } from '../../../support/table/challenges.ts';

const read = (event: unknown) => readFeedback(event, CONFIGURATION_SET);

const refusalOf = (event: unknown): { readonly name: string; readonly message: string } => {
  try {
    read(event);
  } catch (error) {
    return error as Error;
  }
  return expect.unreachable('the event was taken');
};

describe('a report of SES', () => {
  test.each([
    ['Send', 'ACCEPTED', {}],
    ['Delivery', 'DELIVERED', { smtpReply: '250 2.0.0 OK', processingMs: 812 }],
    ['DeliveryDelay', 'DELAYED', { type: 'MailboxFull' }],
    ['Bounce', 'BOUNCED', { type: 'Permanent', subtype: 'General' }],
    ['Complaint', 'COMPLAINED', {}],
    ['Reject', 'REJECTED', { reason: 'Bad content' }],
  ])('of type %s becomes the fact %s', (eventType, report, details) => {
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

  test('is kept short, and is no word where a word belongs', () => {
    const long = aFeedback('Delivery', { detail: { smtpResponse: 'x'.repeat(300_000) } });
    const noWord = aFeedback('Bounce', {
      detail: { bounceType: 'alice@example.com', bounceSubType: { a: 1 } },
    });

    expect(String(read(long)?.fact.smtpReply)).toHaveLength(200);
    expect(read(noWord)?.fact).toMatchObject({ type: 'Unknown', subtype: 'Unknown' });
  });
});

describe('a mail that is not ours is ignored', () => {
  test.each([
    ['another configuration set', aFeedback('Bounce', { tags: { 'ses:configuration-set': ['newsletter'] } })],
    ['no configuration set', aFeedback('Bounce', { tags: { 'ses:configuration-set': [] } })],
    ['no tags', { ...aFeedback('Bounce'), tags: null }],
    ['no challenge', { ...aFeedback('Bounce'), tags: { 'ses:configuration-set': [CONFIGURATION_SET] } }],
    ['nothing at all', undefined],
    ['a text', 'Bounce'],
  ])('where there is %s', (_, event) => {
    expect(read(event)).toBeUndefined();
  });
});

describe('what is malformed is refused, naming the field but not its value', () => {
  test.each([
    ['eventType', { ...aFeedback('Bounce'), eventType: 'Open' }],
    ['eventType', { ...aFeedback('Bounce'), eventType: 'toString' }],
    ['messageId', aFeedback('Bounce', { messageId: 'alice@example.com' })],
    ['messageId', aFeedback('Bounce', { messageId: 'x'.repeat(129) })],
    ['The tag user', aFeedback('Bounce', { tags: { user: ['alice@example.com'] } })],
    ['The tag user', aFeedback('Bounce', { tags: { user: ['x'.repeat(300)] } })],
    ['The tag challenge', aFeedback('Bounce', { tags: { challenge: ['made-up'] } })],
    ['The tag delivery', aFeedback('Bounce', { tags: { delivery: ['0'] } })],
    ['The tag delivery', aFeedback('Bounce', { tags: { delivery: ['1000'] } })],
    ['The tag delivery', aFeedback('Bounce', { tags: { delivery: ['0x1'] } })],
    ['The tag delivery', aFeedback('Bounce', { tags: { delivery: [' 2 '] } })],
    ['at', aFeedback('Bounce', { at: 'yesterday' })],
    ['at', { ...aFeedback('Bounce'), at: 1_700_000_000_000 }],
  ])('%s', (field, event) => {
    expect(refusalOf(event)).toMatchObject({
      name: 'InvalidFeedback',
      message: `${field} is missing or malformed`,
    });
  });

  test('whatever else it is: read, ignored or refused, and never with an address', () => {
    const ours = { 'ses:configuration-set': [CONFIGURATION_SET], challenge: [REF.challengeId] };
    const event = fc.record(
      { eventType: fc.anything(), messageId: fc.anything(), at: fc.anything(), detail: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(event, (fields) => {
        try {
          read({ ...fields, tags: { ...ours, user: [REF.userId], delivery: ['1'] } });
        } catch (error) {
          expect((error as Error).name).toBe('InvalidFeedback');
        }
      }),
    );
  });
});
