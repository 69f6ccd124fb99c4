/** The challenge: one code's life. */
import { v7 as uuidv7 } from 'uuid';

/** UUIDv7 in lower case; its first 48 bits are the time of creation, so the id tells the challenge's age. */
export type ChallengeId = string & { readonly __brand: 'ChallengeId' };

/** Names a challenge; both parts are needed, so nobody's challenge answers for somebody else. */
export interface ChallengeRef {
  readonly userId: string;
  readonly challengeId: ChallengeId;
}

/** Names a delivery: one mail of a challenge. */
export interface DeliveryRef extends ChallengeRef {
  /** 1 for the first mail of the challenge. */
  readonly delivery: number;
}

/** How a challenge ended; set once, by the condition of the write that decides. `ORPHANED`: it was never mailed. */
export type Outcome = 'VERIFIED' | 'EXHAUSTED' | 'EXPIRED' | 'ORPHANED';

/** One entry of the audit trail: when (UTC to the millisecond), by which component, and what belongs to it. */
export interface Fact {
  readonly at: string;
  readonly by: string;
  readonly [detail: string]: string | number;
}

export interface Challenge extends ChallengeRef {
  /** Masked; the full address is never stored. */
  readonly recipient: string;
  /** Keyed, so that mails to one address can be recognised as such, and nobody learns which; set with the first mail. */
  readonly recipientHash?: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly attempts: number;
  readonly outcome?: Outcome;
  /** Facts by name, such as `1#SENT` (delivery 1) or `attempt#<round>`. */
  readonly events: Readonly<Record<string, Fact>>;
}

/** What can be known of one mail. SES reports the second row; `ACCEPTED` is its own word that it took the mail. */
export type DeliveryFact =
  | ('REQUESTED' | 'RESEND_REQUESTED' | 'REUSED' | 'SENT' | 'SEND_FAILED')
  | ('ACCEPTED' | 'DELIVERED' | 'DELAYED' | 'BOUNCED' | 'SUPPRESSED' | 'COMPLAINED' | 'REJECTED');

/**
 * `LOCKED`: a wrong answer to this challenge locked the user. `REFUSED`: its right code came while the user was locked, so
 * it is used up and worth nothing. `UNLOCKED#<version>`: an operator unlocked the user while this was their newest
 * challenge; by the version of the user record that was unlocked, so that each unlocking is told once.
 */
export type UserFact = 'LOCKED' | 'REFUSED' | `UNLOCKED#${number}`;

/** How a delivery stands, as far as the service knows. */
export type DeliveryStatus = 'SENDING' | 'SENT' | 'FAILED' | 'DELAYED' | FinalReport;

/** Reports after which SES does nothing more for the mail. A server may take a mail and still bounce it later. */
type FinalReport = 'DELIVERED' | 'BOUNCED' | 'SUPPRESSED' | 'REJECTED';
const FINAL_REPORTS: readonly FinalReport[] = ['DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'];

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUIDv7 (RFC 9562 section 5.7) of this time, in epoch milliseconds. */
export const newChallengeId = (now: number): ChallengeId => uuidv7({ msecs: now }) as ChallengeId;

/** Whether this is a UUIDv7 in lower case, as all challenge ids are. */
export const isChallengeId = (value: unknown): value is ChallengeId =>
  typeof value === 'string' && UUID_V7.test(value);

/** Epoch milliseconds of the challenge's creation (RFC 9562 section 5.7). */
export const createdAt = (id: ChallengeId): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** Epoch milliseconds at which the challenge expires. */
export const expiryOf = (id: ChallengeId, codeLifetime: number): number =>
  createdAt(id) + codeLifetime * 1000;

/** Whether the right code would still be accepted. */
export const isLive = (challenge: Challenge, now: number, maxAttempts: number): boolean =>
  challenge.outcome === undefined && challenge.expiresAt > now && challenge.attempts < maxAttempts;

/** The number of the newest mail that was ordered for the challenge; 0 if none was. */
export const latestDelivery = (challenge: Challenge): number =>
  Math.max(0, ...Object.keys(challenge.events).map((name) => Number.parseInt(name, 10) || 0));

/** The fact of a round's wrong answer; Cognito's retry of the round finds it there. */
export const attemptName = (round: string): string => `attempt#${round}`;

/** The name of a mail's fact. */
export const factName = (delivery: number, fact: DeliveryFact): string => `${delivery}#${fact}`;

/** The name of the fact that the delivery was asked for. */
export const requestName = (delivery: number): string =>
  factName(delivery, delivery === 1 ? 'REQUESTED' : 'RESEND_REQUESTED');

/** Epoch milliseconds at which the delivery was asked for. */
export const orderedAt = ({ challengeId, events }: Challenge, delivery: number): number => {
  const fact = events[requestName(delivery)];
  return fact === undefined ? createdAt(challengeId) : Date.parse(fact.at);
};

/** The last word counts; a mail that went out counts as sent even if another execution could not send it again. */
export const deliveryStatus = ({ events }: Challenge, delivery: number): DeliveryStatus => {
  const at = (fact: DeliveryFact) => events[factName(delivery, fact)]?.at;
  const [last] = FINAL_REPORTS.filter((report) => at(report) !== undefined).sort(
    (a, b) => (at(b) ?? '').localeCompare(at(a) ?? '') || FINAL_REPORTS.indexOf(b) - FINAL_REPORTS.indexOf(a),
  );
  if (last !== undefined) return last;
  if (at('DELAYED') !== undefined) return 'DELAYED';
  if ((at('SENT') ?? at('ACCEPTED')) !== undefined) return 'SENT';
  return at('SEND_FAILED') === undefined ? 'SENDING' : 'FAILED';
};
