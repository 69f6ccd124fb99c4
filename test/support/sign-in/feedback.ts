/** SES's reports as the event rules hand them to record-feedback. */
import { NOW, REF, SECOND } from '../table/challenges.ts';

export const CONFIGURATION_SET = 'otp-mail';

export interface FeedbackEvent {
  readonly eventType: string;
  readonly messageId: string;
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly at: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What SES says of each type besides the time. */
const DETAILS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Send: {},
  Delivery: { smtpResponse: '250 2.0.0 OK', processingTimeMillis: 812 },
  DeliveryDelay: { delayType: 'MailboxFull' },
  Bounce: { bounceType: 'Permanent', bounceSubType: 'General' },
  Complaint: {},
  Reject: { reason: 'Bad content' },
};

/** A report about the first mail of the test user's challenge, two seconds after its order. */
export const aFeedback = (
  eventType: string,
  { delivery = 1, ...changes }: Partial<FeedbackEvent> & { readonly delivery?: number } = {},
): FeedbackEvent => ({
  eventType,
  messageId: `message-${delivery}`,
  at: new Date(NOW + 2 * SECOND).toISOString(),
  detail: DETAILS[eventType] ?? {},
  ...changes,
  tags: {
    user: [REF.userId],
    challenge: [REF.challengeId],
    delivery: [String(delivery)],
    'ses:configuration-set': [CONFIGURATION_SET],
    'ses:from-domain': ['example.com'],
    ...changes.tags,
  },
});
