/** Sends one delivery of a challenge: takes the lease, derives the code and mails it. Nothing else gets the code. */

import type { KeyObject } from 'node:crypto';
import { mailableAddress } from '../../shared/domain/address.ts';
import { hashAddress } from '../../shared/domain/address-hash.ts';
import {
  type Challenge,
  factName,
  neverMailed,
  orderedAt,
  requestName,
} from '../../shared/domain/challenge.ts';
import { deriveCode } from '../../shared/domain/code.ts';
import { LEASE_SECONDS } from '../../shared/domain/limits.ts';
import type { AddressKeySource, KeySource } from '../../shared/lambda/key-source.ts';
import { SEND_TRY_REASONS } from '../../shared/lambda/metric-names.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { composeCodeMail } from '../../shared/mail/compose-mail.ts';
import type { MailSettings } from '../../shared/mail/mail-settings.ts';
import { type Delivered, type DeliveryTask, readDelivery } from '../../shared/messages/delivery.ts';
import { writeReportLink } from '../../shared/report/report-link.ts';
import { deriveReportToken, hashReportToken } from '../../shared/report/report-token.ts';
import type { ChallengeStore, DeliveryTry } from '../../shared/table/challenge-store.ts';
import type { SendMail } from './send-mail.ts';

export interface Dependencies {
  readonly challenges: ChallengeStore;
  readonly keyFor: KeySource;
  readonly addressKey: AddressKeySource;
  readonly sendMail: SendMail;
  readonly measure: Measure;
  readonly now: () => number;
  readonly codeLength: number;
  readonly mail: MailSettings;
  /** The function behind the link "this was not me"; undefined if mails have no such link. */
  readonly reportUrl?: string | undefined;
}

/** Added before rounding down, so that the seconds before the mail do not turn "5 minutes" into "4 minutes". */
const ROUNDING_MS = 15_000;

/** What a delivery is refused for that create-auth-challenge did not order like this. It leaves no trace in the trail. */
const REFUSALS: readonly string[] = ['InvalidDelivery', 'NotOrdered', 'OtherAddress'];

/**
 * Sends the delivery of a workflow's event for this invocation. Throws `InvalidDelivery`, `NotOrdered` or `OtherAddress` if
 * nobody ordered such a mail, `LeaseHeld` if another try may be sending, `ChallengeClosed` if it is too late, and why SES took
 * no mail.
 */
export const deliver = async (deps: Dependencies, event: unknown, invocation: string): Promise<Delivered> => {
  try {
    return await sendOnce(deps, readDelivery(event), invocation);
  } catch (error) {
    const name = error instanceof ReportedError ? error.name : 'Unexpected';
    if (REFUSALS.includes(name)) deps.measure({ DeliveryRefused: 1 });
    // `LeaseHeld` is not a failure: another try is sending.
    else if (name !== 'LeaseHeld') {
      const reason = SEND_TRY_REASONS.find((known) => known === name) ?? 'Unexpected';
      deps.measure({ SendTryFailed: 1 }, { reason });
    }
    throw error;
  }
};

const sendOnce = async (
  deps: Dependencies,
  delivery: DeliveryTask,
  invocation: string,
): Promise<Delivered> => {
  const key = await deps.keyFor(delivery.challengeId);
  // What is compared is what is mailed: a spelling that SES refuses would pass for the owner's address, and end their mail.
  const email = mailableAddress(delivery.email) ?? delivery.email;
  const addressHash = hashAddress(await deps.addressKey(), email);
  const now = deps.now();
  const attempt = { ...delivery, owner: invocation, try: `${delivery.execution}#${delivery.retries}` };
  const until = now + LEASE_SECONDS * 1000;
  const report = reportLinkFor(deps, key, delivery);
  const claim = { ...attempt, addressHash, now, until, reportHash: report?.hash };
  const challenge = await deps.challenges.claimLease(claim);
  if (challenge === undefined) {
    return whyNotClaimed(delivery, addressHash, await deps.challenges.read(delivery), now);
  }

  const code = deriveCode(key, delivery, deps.codeLength);
  const minutesLeft = Math.max(1, Math.floor((challenge.expiresAt - now + ROUNDING_MS) / 60_000));
  const reportUrl = report && { reportUrl: report.url };
  const mail = composeCodeMail(deps.mail, {
    code,
    minutesLeft,
    locale: delivery.locale,
    at: now,
    ...reportUrl,
  });
  const sent = await deps.sendMail({ ...delivery, email }, mail);
  if (sent.kind !== 'accepted') {
    if (sent.kind === 'refused') await handBack(deps, attempt, sent.error.name);
    throw sent.error;
  }
  const sentAt = deps.now();
  deps.measure({ CodeSent: 1, TimeToSent: Math.max(0, sentAt - orderedAt(challenge, delivery.delivery)) });
  const { messageId } = sent;
  return { kind: 'sent', messageId, sentAt: new Date(sentAt).toISOString(), try: delivery.retries + 1 };
};

/** The link of this delivery, and the hash that its token is known by. A further try mails the same link. */
const reportLinkFor = ({ reportUrl }: Dependencies, key: KeyObject, delivery: DeliveryTask) => {
  if (reportUrl === undefined) return undefined;
  const token = deriveReportToken(key, delivery);
  return { url: writeReportLink(reportUrl, { ...delivery, token }), hash: hashReportToken(token) };
};

/** The refusals after which the workflow tries again for a while. */
const DEFERRALS: readonly string[] = ['EmailThrottled', 'EmailUnavailable'];

/** SES has taken nothing, so the next try need not wait for the lease's end. If this fails, it waits. */
const handBack = async (
  { challenges, measure, now }: Dependencies,
  attempt: DeliveryTry,
  reason: string,
): Promise<void> => {
  const fact = { at: new Date(now()).toISOString(), by: 'deliver-code', reason };
  const deferral = DEFERRALS.includes(reason) ? fact : undefined;
  const challenge = await challenges.releaseLease(attempt, deferral).catch(() => undefined);
  if (challenge?.outcome === undefined || challenge.outcome === 'VERIFIED') return;
  // The write that closed the challenge meanwhile could not know that this mail would not leave.
  if (neverMailed(challenge)) measure({ NeverMailed: 1 });
};

const whyNotClaimed = (
  { delivery, retries }: DeliveryTask,
  addressHash: string,
  challenge: Challenge | undefined,
  now: number,
): Delivered => {
  const { events = {}, outcome, expiresAt = 0 } = challenge ?? {};
  if (events[requestName(delivery)] === undefined) {
    throw new ReportedError('NotOrdered', 'This delivery was never ordered');
  }
  if ((challenge?.addressHash ?? addressHash) !== addressHash) {
    throw new ReportedError('OtherAddress', 'The challenge was made for another address');
  }
  const sent = events[factName(delivery, 'SENT')] ?? events[factName(delivery, 'ACCEPTED')];
  if (sent !== undefined) {
    return { kind: 'alreadySent', messageId: String(sent.messageId), sentAt: sent.at, try: retries + 1 };
  }
  const isGivenUp = events[factName(delivery, 'SEND_FAILED')] !== undefined;
  if (isGivenUp || outcome !== undefined || expiresAt <= now) {
    throw new ReportedError(
      'ChallengeClosed',
      'The challenge or this delivery was over before the mail was sent',
    );
  }
  throw new ReportedError('LeaseHeld', 'Another try is sending this delivery');
};
