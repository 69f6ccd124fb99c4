import { describe, expect, test } from 'vitest';
import { compilePath } from '../../../../local/engines/events/json-path.ts';
import { toFeedbackEvent } from '../../../../local/engines/ses/feedback/feedback-event.ts';
import type { MailOutcome } from '../../../../local/engines/ses/feedback/outcome.ts';
import {
  FEEDBACK_SOURCES,
  FEEDBACK_TYPES,
  readFeedback,
  writeFeedback,
} from '../../../../shared/messages/feedback.ts';
import { aFeedback, asSesRepeats, CONFIGURATION_SET, tagsOf } from '../../../support/sign-in/feedback.ts';
import { NOW, REF, SECOND } from '../../../support/table/challenges.ts';
import { aConfigurationSet } from '../../local/engines/ses/ses-fixture.ts';

const MAIL = {
  messageId: 'message-2',
  from: 'otp@example.com',
  to: ['alice@example.net'],
  subject: 'Your sign-in code',
  text: '',
  html: '',
  headers: {},
  tags: tagsOf({ ...REF, delivery: 2 }),
  acceptedAt: NOW,
  identityArn: 'arn:aws:ses:us-east-1:000000000000:identity/otp@example.com',
  configurationSet: aConfigurationSet(),
};
const FAILURE = { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };

/** The event that SES publishes about the second mail of the test user's challenge. */
const eventOf = (outcome: MailOutcome) =>
  toFeedbackEvent(MAIL, { recipient: 'alice@example.net', outcome, at: NOW + 2 * SECOND });

describe('what a rule makes of an event of SES, record-feedback reads', () => {
  test.each<[MailOutcome, Readonly<Record<string, unknown>>, number]>([
    [{ type: 'Send' }, {}, NOW],
    [
      { type: 'Delivery', smtpResponse: '250 OK' },
      { smtpResponse: '250 OK', processingTimeMillis: 2 * SECOND },
      NOW + 2 * SECOND,
    ],
    [
      { type: 'DeliveryDelay', delayType: 'MailboxFull', ...FAILURE },
      { delayType: 'MailboxFull' },
      NOW + 2 * SECOND,
    ],
    [
      { type: 'Bounce', bounceType: 'Permanent', bounceSubType: 'General', ...FAILURE },
      { bounceType: 'Permanent', bounceSubType: 'General' },
      NOW + 2 * SECOND,
    ],
    [{ type: 'Complaint' }, {}, NOW + 2 * SECOND],
    [{ type: 'Reject', reason: 'Bad content' }, { reason: 'Bad content' }, NOW],
  ])('%j', (outcome, detail, at) => {
    const event = eventOf(outcome);

    const handedOver = writeFeedback(outcome.type, (path) => compilePath(path)(event));

    expect(readFeedback(handedOver, MAIL.configurationSet.name)).toEqual({
      ...REF,
      delivery: 2,
      eventType: outcome.type,
      messageId: 'message-2',
      at: new Date(at).toISOString(),
      detail,
    });
    expect(event.detailType).toBe(FEEDBACK_SOURCES[outcome.type].detailType);
    expect(JSON.stringify(handedOver)).not.toContain('alice');
  });
});

test('it is sent with these names', () => {
  expect(FEEDBACK_TYPES.map((type) => writeFeedback(type, (path) => path))).toContainEqual({
    eventType: 'Bounce',
    messageId: '$.detail.mail.messageId',
    tags: '$.detail.mail.tags',
    at: '$.detail.bounce.timestamp',
    detail: {
      bounceType: '$.detail.bounce.bounceType',
      bounceSubType: '$.detail.bounce.bounceSubType',
    },
  });
});

test.each([
  ['a mail of others', { ...aFeedback('Bounce'), tags: {} }],
  ['nothing at all', undefined],
  ['a text', 'Bounce'],
])('%s is ignored', (_, event) => {
  expect(readFeedback(event, CONFIGURATION_SET)).toBeUndefined();
});

describe('what is malformed is refused, naming the field but not its value', () => {
  test.each([
    ['eventType', { ...aFeedback('Bounce'), eventType: 'Open' }],
    ['eventType', { ...aFeedback('Bounce'), eventType: 'toString' }],
    ['messageId', aFeedback('Bounce', { messageId: 'alice@example.com' })],
    ['messageId', aFeedback('Bounce', { messageId: 'x'.repeat(129) })],
    ['The tag user', { tags: { ...asSesRepeats({ ...REF, delivery: 1 }), user: [] } }],
    ['at', aFeedback('Bounce', { at: 'yesterday' })],
    ['at', { ...aFeedback('Bounce'), at: 1_700_000_000_000 }],
  ])('%s', (field, event) => {
    expect(() => readFeedback(event, CONFIGURATION_SET)).toThrow(
      expect.objectContaining({
        name: 'InvalidFeedback',
        message: `${field} is missing or malformed`,
      }),
    );
  });
});
