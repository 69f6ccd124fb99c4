import { describe, expect, test } from 'vitest';
import {
  isSuppressedAfter,
  outcomesFor,
} from '../../../../../../local/engines/ses/feedback/recipient-outcomes.ts';

/** What happens to a mail, in short text such as `Bounce Permanent/General`. */
const storyOf = (recipient: string): string =>
  outcomesFor(recipient)
    .map((outcome) => {
      if (outcome.type === 'Bounce') return `Bounce ${outcome.bounceType}/${outcome.bounceSubType}`;
      return outcome.type === 'DeliveryDelay' ? `DeliveryDelay ${outcome.delayType}` : outcome.type;
    })
    .join(', ');

const repliesTo = (recipient: string): readonly string[] =>
  outcomesFor(recipient).flatMap((outcome) => (outcome.type === 'Delivery' ? [outcome.smtpResponse] : []));

describe('a mail', () => {
  test.each([
    ['success@simulator.amazonses.com', 'Send, Delivery'],
    ['bounce@simulator.amazonses.com', 'Send, Bounce Permanent/General'],
    ['complaint@simulator.amazonses.com', 'Send, Delivery, Complaint'],
    ['ooto@simulator.amazonses.com', 'Send, Delivery'],
    ['suppressionlist@simulator.amazonses.com', 'Send, Bounce Permanent/Suppressed'],
    ['delayed@outcome.example.com', 'Send, DeliveryDelay MailboxFull, Delivery'],
    [
      'gone@outcome.example.com',
      'Send, DeliveryDelay TransientCommunicationFailure, Bounce Transient/CustomTimeoutExceeded',
    ],
    ['late-bounce@outcome.example.com', 'Send, Delivery, Bounce Permanent/NoEmail'],
    ['rejected@outcome.example.com', 'Send, Reject'],
    ['silent@outcome.example.com', ''],
  ])('to %s: %s, whatever its label and case', (recipient, story) => {
    const [localPart, domain] = recipient.split('@');

    expect(storyOf(recipient)).toBe(story);
    expect(storyOf(`Alice <${localPart}+alice-1@${domain}>`)).toBe(story);
    expect(storyOf(recipient.toUpperCase())).toBe(story);
  });

  test.each([
    'alice@example.com',
    'bounce@example.com',
    'bounce@simulator.amazonses.com.example.com',
    'constructor@outcome.example.com',
    'nobody@simulator.amazonses.com',
  ])('to %s is delivered', (recipient) => {
    expect(storyOf(recipient)).toBe('Send, Delivery');
  });
});

test('the server of the simulator quotes the recipient in its reply, others do not', () => {
  expect(repliesTo('Alice <Success+1@simulator.amazonses.com>')).toEqual([
    '250 2.1.5 <Success+1@simulator.amazonses.com> recipient ok, message queued',
  ]);
  expect(repliesTo('alice@example.com')).toEqual(['250 2.6.0 Message received']);
});

test.each([
  ['late-bounce@outcome.example.com', true],
  ['bounce@simulator.amazonses.com', false],
  ['suppressionlist@simulator.amazonses.com', false],
  ['gone@outcome.example.com', false],
  ['alice@example.com', false],
])('SES suppresses %s afterwards: %s', (recipient, suppressed) => {
  expect(isSuppressedAfter(recipient, outcomesFor(recipient))).toBe(suppressed);
});
