import { expect, test } from 'vitest';
import { readReport } from '../../../../../services/record-feedback/read-report.ts';
import { claimsOf } from '../../../../../shared/domain/claims.ts';
import { RESEND_MINIMUM_LIFE_SECONDS } from '../../../../../shared/domain/code-life.ts';
import { LIMITS } from '../../../../../shared/domain/limits.ts';
import { CAUSE_OF } from '../../../../../shared/domain/notices/notice-facts.ts';
import { type FeedbackType, readFeedback } from '../../../../../shared/messages/feedback.ts';
import { MAX_REASON } from '../../../../../shared/words/unlock-reason.ts';
import { aFeedback, CONFIGURATION_SET } from '../../../../support/sign-in/feedback.ts';
import { aFact } from '../../../../support/table/challenges.ts';

/** The largest item that DynamoDB takes. A full item could take no further wrong answer. */
const MAX_ITEM_BYTES = 400 * 1024;

const LONG = 'x'.repeat(130_000);
const ARN = `arn:aws:states:eu-central-1:000000000000:express:${'x'.repeat(80)}:${'x'.repeat(80)}:${'x'.repeat(36)}`;
const ID = '0'.repeat(36);

/** The claims in a fact if the client sends as much as it can. */
const claims = claimsOf({ ipAddress: 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255', userAgent: LONG });

const report = (eventType: FeedbackType, detail: Readonly<Record<string, unknown>>) => {
  const event = aFeedback(eventType, { detail, messageId: 'x'.repeat(128) });
  const mail = readFeedback(event, CONFIGURATION_SET);
  return mail && readReport(mail).fact;
};

const factsOfMail = () => [
  aFact(0, { request: ID, ...claims }),
  aFact(0, { request: ID, ...claims }),
  ...factsOfSending(),
  { owner: ID, until: 0 },
  // The tries whose answers were lost.
  Array.from({ length: 6 }, (_, n) => `${ARN}#${n}`),
];

/** What a notice has too, under names of its own; and `ID` is its sender. */
const factsOfSending = () => [
  aFact(0, { messageId: 'x'.repeat(128), try: 10, execution: ARN }),
  aFact(0, { reason: 'Lambda.TooManyRequestsException', execution: ARN }),
  aFact(0, { reason: 'EmailUnavailable' }),
  report('Send', {}),
  report('Delivery', { smtpResponse: LONG, processingTimeMillis: 1e9 }),
  report('DeliveryDelay', { delayType: 'x'.repeat(64) }),
  report('Bounce', { bounceType: 'x'.repeat(64), bounceSubType: 'x'.repeat(64) }),
  report('Bounce', { bounceType: 'x'.repeat(64), bounceSubType: 'OnAccountSuppressionList' }),
  report('Complaint', {}),
  report('Reject', { reason: LONG }),
];

test('an item with every fact that a challenge can have, each as long as possible, stays below two thirds of the largest size', () => {
  const inItsLife =
    1 + Math.floor((LIMITS.codeLifetime.max - RESEND_MINIMUM_LIFE_SECONDS) / LIMITS.resendCooldown.min);
  // A mail that SES refuses does not count, and another one may be ordered.
  const mails = Math.min(inItsLife, LIMITS.ordersPerWindow.max);
  // Each unlocking needs a lock of its own. As many challenges can be live as a window has mails, and wrong answers to each count.
  const unlockings = Math.ceil(
    (LIMITS.maxAttempts.max * LIMITS.sendsPerWindow.max) / LIMITS.lockThreshold.min,
  );
  const answer = aFact(0, { round: 'x'.repeat(16), request: ID, ...claims });
  const facts = [
    ...Array.from({ length: mails }, factsOfMail).flat(),
    ...Object.keys(CAUSE_OF).flatMap(() => [...factsOfSending(), ID]),
    ...Array.from({ length: LIMITS.maxAttempts.max + 5 }, () => answer),
    ...Array.from({ length: unlockings }, () => aFact(0, { failures: 100, reason: 'é'.repeat(MAX_REASON) })),
  ];

  // Each fact also has a name and punctuation, and the item has attributes beside the trail.
  const bytes = facts.reduce((sum, fact) => sum + Buffer.byteLength(JSON.stringify(fact)) + 32, 1_000);

  expect(facts.every((fact) => fact !== undefined)).toBe(true);
  expect(bytes).toBeLessThan((MAX_ITEM_BYTES * 2) / 3);
});

test('the user record of a user, with all that it remembers, is small', () => {
  const rounds = Array.from({ length: LIMITS.maxFailures.max }, () => 'x'.repeat(16));
  const sends = Array.from({ length: LIMITS.sendsPerDay.max }, () => Date.UTC(2100, 0));
  // A right code or a refusal by SES takes the others out, so no more are kept than count.
  const orders = sends.map((at) => ({ [ID]: { 1: at } }));
  const notices = Object.keys(CAUSE_OF).map((kind) => [kind, { at: Date.UTC(2100, 0), challengeId: ID }]);

  expect(JSON.stringify({ rounds, sends, orders, notices }).length + 1_000).toBeLessThan(8 * 1024);
});
