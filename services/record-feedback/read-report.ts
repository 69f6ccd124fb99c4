/** Turns a report of SES into the fact that the trail keeps. */

import type { DeliveryFact, Fact } from '../../shared/domain/challenge.ts';
import { redactedLine, wholeWords } from '../../shared/domain/redact.ts';
import type { MailReport } from '../../shared/messages/feedback.ts';
import type { MailRef } from '../../shared/messages/mail-tags.ts';

/** A report with its fact for the trail. */
export type FeedbackReport = MailRef & {
  readonly report: ReportFact;
  readonly fact: Fact;
};

/** The facts that SES's events become. */
export type ReportFact = Extract<
  DeliveryFact,
  'ACCEPTED' | 'DELIVERED' | 'DELAYED' | 'BOUNCED' | 'SUPPRESSED' | 'COMPLAINED' | 'REJECTED'
>;

/** The subtype for an address on the account's own suppression list. An operator can remove it from there. */
export const ACCOUNT_SUPPRESSION = 'OnAccountSuppressionList';

/** Bounce subtypes of mails to addresses on a list, which SES did not try to send (SES Developer Guide, "Bounce object"). */
const SUPPRESSIONS: readonly string[] = [
  ACCOUNT_SUPPRESSION,
  'OnTenantSuppressionList',
  'Suppressed',
  'EmailValidationSuppressed',
];

export const COMPONENT = 'record-feedback';

/** One of SES's words, such as `Permanent`. New words are accepted if they look like words. */
const word = (value: unknown): string =>
  typeof value === 'string' && /^[A-Za-z][\w-]{0,63}$/.test(value) ? value : 'Unknown';

const MAX_TEXT = 200;

/** A server's text in one short line, without addresses, because some servers repeat the recipient's. */
const line = (value: unknown): string => wholeWords(redactedLine(String(value ?? '')), MAX_TEXT);

const milliseconds = (value: unknown): number => (Number.isFinite(value) ? Math.max(0, Number(value)) : 0);

interface Reading {
  readonly report: ReportFact;
  readonly details?: Readonly<Record<string, string | number>>;
}

const read = ({ eventType, detail }: MailReport): Reading => {
  switch (eventType) {
    case 'Send':
      return { report: 'ACCEPTED' };
    case 'Delivery': {
      const { smtpResponse, processingTimeMillis } = detail;
      const details = { smtpReply: line(smtpResponse), processingMs: milliseconds(processingTimeMillis) };
      return { report: 'DELIVERED', details };
    }
    case 'DeliveryDelay':
      return { report: 'DELAYED', details: { type: word(detail.delayType) } };
    case 'Bounce': {
      const details = { type: word(detail.bounceType), subtype: word(detail.bounceSubType) };
      return { report: SUPPRESSIONS.includes(details.subtype) ? 'SUPPRESSED' : 'BOUNCED', details };
    }
    case 'Complaint':
      return { report: 'COMPLAINED' };
    case 'Reject':
      return { report: 'REJECTED', details: { reason: line(detail.reason) } };
  }
};

/** Reads the fact and its name from a report of SES. */
export const readReport = (mail: MailReport): FeedbackReport => {
  const { userId, challengeId, at, messageId } = mail;
  const { report, details = {} } = read(mail);
  const ref = {
    userId,
    challengeId,
    ...('notice' in mail ? { notice: mail.notice } : { delivery: mail.delivery }),
  };
  return { ...ref, report, fact: { at, by: COMPONENT, messageId, ...details } };
};
