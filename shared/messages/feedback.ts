/**
 * What SES reports about a mail, as EventBridge passes it to record-feedback. SES's events contain the address in several
 * places. The rules of `infra/functions/record-feedback.ts` pass on only what the trail keeps, so the function and the
 * dead-letter queue do not get the address, unless a server quotes it in its reply.
 */
import { ReportedError } from '../lambda/reported-error.ts';
import { type MailRef, readMailTags } from './mail-tags.ts';

interface Source {
  /** EventBridge's `detail-type`. */
  readonly detailType: string;
  /** The path of the report's time. */
  readonly at: string;
  /** The paths of the other values that the trail keeps. Every event of this type has them. */
  readonly detail: Readonly<Record<string, string>>;
}

/** By SES's `eventType`: EventBridge's paths of the values that are passed on. */
export const FEEDBACK_SOURCES = {
  Send: { detailType: 'Email Sent', at: '$.detail.mail.timestamp', detail: {} },
  Delivery: {
    detailType: 'Email Delivered',
    at: '$.detail.delivery.timestamp',
    detail: {
      smtpResponse: '$.detail.delivery.smtpResponse',
      processingTimeMillis: '$.detail.delivery.processingTimeMillis',
    },
  },
  DeliveryDelay: {
    detailType: 'Email Delivery Delayed',
    at: '$.detail.deliveryDelay.timestamp',
    detail: { delayType: '$.detail.deliveryDelay.delayType' },
  },
  Bounce: {
    detailType: 'Email Bounced',
    at: '$.detail.bounce.timestamp',
    detail: { bounceType: '$.detail.bounce.bounceType', bounceSubType: '$.detail.bounce.bounceSubType' },
  },
  Complaint: { detailType: 'Email Complaint Received', at: '$.detail.complaint.timestamp', detail: {} },
  Reject: {
    detailType: 'Email Rejected',
    at: '$.detail.mail.timestamp',
    detail: { reason: '$.detail.reject.reason' },
  },
} as const satisfies Readonly<Record<string, Source>>;

export type FeedbackType = keyof typeof FEEDBACK_SOURCES;

export const FEEDBACK_TYPES = Object.keys(FEEDBACK_SOURCES) as readonly FeedbackType[];

/** The message as it is sent. */
export interface FeedbackEvent<Value = unknown> {
  readonly eventType: FeedbackType;
  readonly messageId: Value;
  readonly tags: Value;
  readonly at: Value;
  readonly detail: Readonly<Record<string, Value>>;
}

/** The message that a rule makes from SES's events of a type. `valueAt` returns the value at a path of the event. */
export const writeFeedback = <Value>(
  eventType: FeedbackType,
  valueAt: (path: string) => Value,
): FeedbackEvent<Value> => {
  const { at, detail }: Source = FEEDBACK_SOURCES[eventType];
  return {
    eventType,
    messageId: valueAt('$.detail.mail.messageId'),
    tags: valueAt('$.detail.mail.tags'),
    at: valueAt(at),
    detail: Object.fromEntries(Object.entries(detail).map(([name, path]) => [name, valueAt(path)])),
  };
};

type ReportOf<Type extends FeedbackType> = MailRef & {
  readonly eventType: Type;
  readonly messageId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The values as SES gives them, unchecked. */
  readonly detail: { readonly [Name in keyof (typeof FEEDBACK_SOURCES)[Type]['detail']]?: unknown };
};

/** A report about one mail of a challenge, as record-feedback reads it. */
export type MailReport = { readonly [Type in FeedbackType]: ReportOf<Type> }[FeedbackType];

type Fields = Readonly<Partial<Record<keyof FeedbackEvent, unknown>>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? value : {});

const refuse = (field: keyof FeedbackEvent) =>
  new ReportedError('InvalidFeedback', `${field} is missing or malformed`);

const readTime = (value: unknown): string => {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw refuse('at');
  return new Date(time).toISOString();
};

/** Returns undefined if the mail is not from this service. Throws `InvalidFeedback`, which names the field but not its value. */
export const readFeedback = (event: unknown, configurationSet: string): MailReport | undefined => {
  const { eventType, messageId, tags, at, detail } = fields(event);
  const mail = readMailTags(tags, configurationSet);
  if (mail === undefined) return undefined;
  if (!FEEDBACK_TYPES.some((known) => known === eventType)) throw refuse('eventType');
  if (typeof messageId !== 'string' || !/^[\w.-]{1,128}$/.test(messageId)) throw refuse('messageId');
  return { ...mail, eventType, messageId, at: readTime(at), detail: fields(detail) } as MailReport;
};
