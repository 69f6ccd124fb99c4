/** What SES reports of a mail, as the event rules pass it on: without addresses, and checked field by field here. */

import { withoutAddresses } from '../../shared/domain/address.ts';
import {
  type ChallengeRef,
  type DeliveryFact,
  type Fact,
  isChallengeId,
} from '../../shared/domain/challenge.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';

/** A report as it is written into the trail. */
export interface Feedback extends ChallengeRef {
  readonly delivery: number;
  readonly report: Report;
  readonly fact: Fact;
}

/** The facts that SES's events become. */
export type Report = Extract<
  DeliveryFact,
  'ACCEPTED' | 'DELIVERED' | 'DELAYED' | 'BOUNCED' | 'SUPPRESSED' | 'COMPLAINED' | 'REJECTED'
>;

/** The subtype for an address on the account's own suppression list; an operator can take it off. */
export const ACCOUNT_SUPPRESSION = 'OnAccountSuppressionList';

/** Subtypes of a bounce that say that SES did not even try: the address is on some list (SES developer guide, bounce object). */
const SUPPRESSIONS: readonly string[] = [
  ACCOUNT_SUPPRESSION,
  'OnTenantSuppressionList',
  'Suppressed',
  'EmailValidationSuppressed',
];

export const COMPONENT = 'record-feedback';

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const refuse = (field: string) => new ReportedError('InvalidFeedback', `${field} is missing or malformed`);

/** SES gives each tag as a list of values. */
const tag = (tags: Fields, name: string): unknown => {
  const value = tags[name];
  return Array.isArray(value) ? value[0] : undefined;
};

const readReference = (tags: Fields): ChallengeRef & { readonly delivery: number } => {
  const userId = tag(tags, 'user');
  const challengeId = tag(tags, 'challenge');
  const delivery = tag(tags, 'delivery');
  if (typeof userId !== 'string' || !/^[\w-]{1,256}$/.test(userId)) throw refuse('The tag user');
  if (!isChallengeId(challengeId)) throw refuse('The tag challenge');
  // More than 99 mails do not fit into a challenge's life.
  if (typeof delivery !== 'string' || !/^[1-9]\d?$/.test(delivery)) throw refuse('The tag delivery');
  return { userId, challengeId, delivery: Number(delivery) };
};

const readTime = (value: unknown, field: string): string => {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw refuse(field);
  return new Date(time).toISOString();
};

/** One of SES's words, such as `Permanent`. New ones are let through, as long as they look like words. */
const word = (value: unknown): string =>
  typeof value === 'string' && /^[A-Za-z][\w-]{0,63}$/.test(value) ? value : 'Unknown';

const MAX_TEXT = 200;

/** A server's own text: in one line, short, and without the address, which some servers repeat. */
const line = (value: unknown): string => {
  const printable = String(value ?? '')
    .slice(0, 2 * MAX_TEXT)
    .replace(/[^\x20-\x7e]+/g, ' ');
  return withoutAddresses(printable).trim().slice(0, MAX_TEXT);
};

interface Reading {
  readonly report: Report;
  readonly details?: Readonly<Record<string, string | number>>;
}

const bounce = ({ bounceType, bounceSubType }: Fields): Reading => {
  const details = { type: word(bounceType), subtype: word(bounceSubType) };
  return { report: SUPPRESSIONS.includes(details.subtype) ? 'SUPPRESSED' : 'BOUNCED', details };
};

const delivered = ({ smtpResponse, processingTimeMillis }: Fields): Reading => {
  const processingMs = Number.isFinite(processingTimeMillis) ? Math.max(0, Number(processingTimeMillis)) : 0;
  return { report: 'DELIVERED', details: { smtpReply: line(smtpResponse), processingMs } };
};

const READINGS: Readonly<Record<string, (detail: Fields) => Reading>> = {
  Send: () => ({ report: 'ACCEPTED' }),
  Delivery: delivered,
  Bounce: bounce,
  Complaint: () => ({ report: 'COMPLAINED' }),
  DeliveryDelay: ({ delayType }) => ({ report: 'DELAYED', details: { type: word(delayType) } }),
  Reject: ({ reason }) => ({ report: 'REJECTED', details: { reason: line(reason) } }),
};

/** The types of SES's events that are recorded. */
export const EVENT_TYPES: readonly string[] = Object.keys(READINGS);

/**
 * Undefined for a mail that is not ours: sent with another configuration set, or without a challenge's tag. Throws
 * `InvalidFeedback`, which names the field but not its value.
 */
export const readFeedback = (event: unknown, configurationSet: string): Feedback | undefined => {
  const { eventType, messageId, tags, at, detail } = fields(event);
  const ownTags = fields(tags);
  if (tag(ownTags, 'ses:configuration-set') !== configurationSet) return undefined;
  if (ownTags.challenge === undefined) return undefined;

  const read =
    typeof eventType === 'string' && Object.hasOwn(READINGS, eventType) ? READINGS[eventType] : undefined;
  if (read === undefined) throw refuse('eventType');
  if (typeof messageId !== 'string' || !/^[\w.-]{1,128}$/.test(messageId)) throw refuse('messageId');
  const reference = readReference(ownTags);
  const { report, details = {} } = read(fields(detail));
  return { ...reference, report, fact: { at: readTime(at, 'at'), by: COMPONENT, messageId, ...details } };
};
