/** Sends one delivery of a challenge: takes the lease, derives the code and mails it. Nothing else gets the code. */

import { type Challenge, factName, orderedAt } from '../../shared/domain/challenge.ts';
import { deriveCode, hashAddress } from '../../shared/domain/code.ts';
import { LEASE_SECONDS } from '../../shared/domain/limits.ts';
import type { KeySource } from '../../shared/lambda/key-source.ts';
import { type Measure, SEND_TRY_REASONS } from '../../shared/lambda/metrics.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import type { Delivered, DeliveryTask } from '../../shared/messages/delivery.ts';
import type { ChallengeStore } from '../../shared/table/challenge-store.ts';
import { composeMail } from './compose-mail.ts';
import type { SendMail } from './send-mail.ts';

export interface Dependencies {
  readonly challenges: ChallengeStore;
  readonly keyFor: KeySource;
  readonly sendMail: SendMail;
  readonly measure: Measure;
  readonly now: () => number;
  readonly codeLength: number;
}

/** Added before rounding down, so that the seconds before the mail do not turn "5 minutes" into "4 minutes". */
const ROUNDING_MS = 15_000;

/**
 * Throws `LeaseHeld` if another execution may be sending, `ChallengeClosed` or `ChallengeMissing` if there is nothing to
 * send, and what `sendMail` throws.
 */
export const deliver = async (deps: Dependencies, delivery: DeliveryTask): Promise<Delivered> => {
  try {
    return await sendOnce(deps, delivery);
  } catch (error) {
    const name = error instanceof ReportedError ? error.name : undefined;
    const reason = SEND_TRY_REASONS.find((known) => known === name) ?? 'Unexpected';
    // `LeaseHeld` is not a failure: another execution is sending.
    if (name !== 'LeaseHeld') deps.measure({ SendTryFailed: 1 }, reason);
    throw error;
  }
};

const sendOnce = async (deps: Dependencies, delivery: DeliveryTask): Promise<Delivered> => {
  const key = await deps.keyFor(delivery.challengeId);
  const now = deps.now();
  const challenge = await deps.challenges.claimLease({
    ...delivery,
    recipientHash: hashAddress(key, delivery.email),
    owner: delivery.execution,
    now,
    until: now + LEASE_SECONDS * 1000,
  });
  if (challenge === undefined) return whyNotClaimed(delivery, await deps.challenges.read(delivery), now);

  const code = deriveCode(key, delivery, deps.codeLength);
  const minutesLeft = Math.max(1, Math.floor((challenge.expiresAt - now + ROUNDING_MS) / 60_000));
  const mail = composeMail({ code, minutesLeft, locale: delivery.locale, at: now });
  const messageId = await deps.sendMail(delivery, mail);
  const sentAt = deps.now();
  deps.measure({ CodeSent: 1, TimeToSent: Math.max(0, sentAt - orderedAt(challenge, delivery.delivery)) });
  return { kind: 'sent', messageId, sentAt: new Date(sentAt).toISOString(), try: delivery.retries + 1 };
};

const whyNotClaimed = (
  { delivery, retries }: DeliveryTask,
  challenge: Challenge | undefined,
  now: number,
): Delivered => {
  if (challenge === undefined) throw new ReportedError('ChallengeMissing', 'There is no such challenge');
  const sent =
    challenge.events[factName(delivery, 'SENT')] ?? challenge.events[factName(delivery, 'ACCEPTED')];
  if (sent !== undefined) {
    return { kind: 'alreadySent', messageId: String(sent.messageId), sentAt: sent.at, try: retries + 1 };
  }
  if (challenge.outcome !== undefined || challenge.expiresAt <= now) {
    throw new ReportedError('ChallengeClosed', 'The challenge was over before this mail was sent');
  }
  throw new ReportedError('LeaseHeld', 'Another execution is sending this delivery');
};
