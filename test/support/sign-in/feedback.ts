/** SES's reports as the event rules pass them to record-feedback. */
import type { DeliveryRef } from '../../../shared/domain/challenge.ts';
import type { FeedbackEvent, FeedbackType } from '../../../shared/messages/feedback.ts';
import { CONFIGURATION_SET_TAG, writeMailTags } from '../../../shared/messages/mail-tags.ts';
import { NOW, REF, SECOND } from '../table/challenges.ts';

export const CONFIGURATION_SET = 'otp-mail';

type Tags = Readonly<Record<string, readonly string[]>>;

export interface AFeedback extends FeedbackEvent {
  readonly messageId: string;
  readonly tags: Tags;
  readonly at: string;
}

/** The details of each type of report, without the time. */
const DETAILS: Readonly<Record<FeedbackType, FeedbackEvent['detail']>> = {
  Send: {},
  Delivery: { smtpResponse: '250 2.0.0 OK', processingTimeMillis: 812 },
  DeliveryDelay: { delayType: 'MailboxFull' },
  Bounce: { bounceType: 'Permanent', bounceSubType: 'General' },
  Complaint: {},
  Reject: { reason: 'Bad content' },
};

/** The tags of a mail of ours by their names. */
export const tagsOf = (mail: DeliveryRef): Readonly<Record<string, string>> =>
  Object.fromEntries(writeMailTags(mail).map(({ Name, Value }) => [Name, Value]));

/** The tags of a mail of ours as SES repeats them: each with a list of values, and together with SES's own tags. */
export const asSesRepeats = (mail: DeliveryRef, configurationSet = CONFIGURATION_SET): Tags => ({
  ...Object.fromEntries(Object.entries(tagsOf(mail)).map(([name, value]) => [name, [value]])),
  [CONFIGURATION_SET_TAG]: [configurationSet],
  'ses:from-domain': ['example.com'],
});

/** A report about the first mail of the test user's challenge, two seconds after its order. */
export const aFeedback = (
  eventType: FeedbackType,
  { delivery = 1, ...changes }: Partial<AFeedback> & { readonly delivery?: number } = {},
): AFeedback => ({
  eventType,
  messageId: `message-${delivery}`,
  at: new Date(NOW + 2 * SECOND).toISOString(),
  detail: DETAILS[eventType],
  ...changes,
  tags: { ...asSesRepeats({ ...REF, delivery }), ...changes.tags },
});
