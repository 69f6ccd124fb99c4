/** Sends one notice: proves that it was ordered, becomes its only sender and mails it. It derives no code and reads no key of codes. */
import { mailableAddress } from '../../shared/domain/address.ts';
import { hashAddress } from '../../shared/domain/address-hash.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import { CAUSE_OF, type NoticeRef, noticeFactName } from '../../shared/domain/notices/notice-facts.ts';
import type { AddressKeySource } from '../../shared/lambda/key-source.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { composeNotice, type NoticeContent } from '../../shared/mail/compose-mail.ts';
import type { MailSettings } from '../../shared/mail/mail-settings.ts';
import type { Delivered } from '../../shared/messages/delivery.ts';
import { type NoticeOrder, readNotice } from '../../shared/messages/notice.ts';
import type { NoticeStore } from './notice-store.ts';
import type { SendMail } from './send-mail.ts';

export interface NoticeDependencies {
  readonly notices: NoticeStore;
  readonly addressKey: AddressKeySource;
  readonly mail: MailSettings;
  readonly sendMail: SendMail;
  readonly measure: Measure;
  readonly now: () => number;
}

/** Why a notice is refused that verify-auth-challenge did not order in this form. It leaves no trace in the trail. */
const REFUSALS: readonly string[] = ['InvalidDelivery', 'NotOrdered', 'OtherAddress'];

/**
 * Sends the notice of a workflow's event for this invocation. Throws `InvalidDelivery`, `NotOrdered` or `OtherAddress` if nobody
 * ordered such a notice, `LeaseHeld` if another try has had the right to send it, and why SES took no mail.
 */
export const deliverNotice = async (
  deps: NoticeDependencies,
  event: unknown,
  invocation: string,
): Promise<Delivered> => {
  try {
    return await sendOnce(deps, readNotice(event), invocation);
  } catch (error) {
    const name = error instanceof ReportedError ? error.name : 'Unexpected';
    if (REFUSALS.includes(name)) deps.measure({ DeliveryRefused: 1 });
    else if (name !== 'LeaseHeld') deps.measure({ NoticeFailed: 1 });
    throw error;
  }
};

const sendOnce = async (
  { notices, addressKey, mail, sendMail, measure, now }: NoticeDependencies,
  { retries, ...order }: ReturnType<typeof readNotice>,
  sender: string,
): Promise<Delivered> => {
  // What is compared is what is mailed, as for codes.
  const email = mailableAddress(order.email) ?? order.email;
  const addressHash = hashAddress(await addressKey(), email);
  if (!(await notices.isOrdered(order))) throw notOrdered();
  const challenge = await notices.claim({ ...order, addressHash, sender });
  if (challenge === undefined) {
    return whyNotClaimed(order, addressHash, await notices.read(order), retries);
  }

  const sent = await sendMail({ ...order, email }, composeNotice(mail, contentOf(order, challenge)));
  if (sent.kind !== 'accepted') {
    // If this fails, nobody sends the notice.
    if (sent.kind === 'refused') await notices.release({ ...order, sender }).catch(() => undefined);
    throw sent.error;
  }
  measure({ NoticeSent: 1 });
  const sentAt = new Date(now()).toISOString();
  return { kind: 'sent', messageId: sent.messageId, sentAt, try: retries + 1 };
};

/** The trail says when it was and how long the lock lasts, so nobody who starts the workflow can write it into the mail. */
const contentOf = ({ notice, locale }: NoticeOrder, { events }: Challenge): NoticeContent => {
  const cause = events[CAUSE_OF[notice]];
  const end = Date.parse(String(cause?.until));
  return { kind: notice, locale, at: Date.parse(cause?.at ?? ''), ...(!Number.isNaN(end) && { until: end }) };
};

const notOrdered = () => new ReportedError('NotOrdered', 'This notice was never ordered');

const whyNotClaimed = (
  { notice }: NoticeRef,
  addressHash: string,
  challenge: Challenge | undefined,
  retries: number,
): Delivered => {
  const { events = {} } = challenge ?? {};
  if (events[CAUSE_OF[notice]] === undefined) throw notOrdered();
  if (challenge?.addressHash !== addressHash) {
    throw new ReportedError('OtherAddress', 'The challenge was made for another address');
  }
  const sent = events[noticeFactName(notice, 'SENT')] ?? events[noticeFactName(notice, 'ACCEPTED')];
  if (sent === undefined)
    throw new ReportedError('LeaseHeld', 'Another try has sent this notice, or lost it');
  return { kind: 'alreadySent', messageId: String(sent.messageId), sentAt: sent.at, try: retries + 1 };
};
