/** The challenge: the life of one code, from the order of its first mail to its outcome. */
import { v7 as uuidv7 } from 'uuid';

/** A UUIDv7 in lower case. Its first 48 bits are the time of creation. */
export type ChallengeId = string & { readonly __brand: 'ChallengeId' };

/** Identifies a challenge. Both parts are needed, so that no user can use another user's challenge. */
export interface ChallengeRef {
  readonly userId: string;
  readonly challengeId: ChallengeId;
}

/** Identifies a delivery: one mail of a challenge. */
export interface DeliveryRef extends ChallengeRef {
  /** 1 for the first mail of the challenge. */
  readonly delivery: number;
}

/**
 * How a challenge ended. The condition of each write makes sure that it is set only once. `ORPHANED`: it was never mailed.
 * `REPLACED`: the user's address changed, and another challenge took its place. `REVOKED`: somebody reported that it was not
 * they who asked for it.
 */
export type Outcome = 'VERIFIED' | 'EXHAUSTED' | 'EXPIRED' | 'ORPHANED' | 'REPLACED' | 'REVOKED';

/** One entry of the audit trail: its time (UTC, to the millisecond), the component that wrote it, and details. */
export interface Fact {
  readonly at: string;
  readonly by: string;
  readonly [detail: string]: string | number;
}

export interface Challenge extends ChallengeRef {
  /** The masked address; the full address is never stored. */
  readonly recipient: string;
  /** The keyed hash of the address that the challenge was made for. Its mails go there and nowhere else. */
  readonly addressHash?: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** The attempts that are used up. A challenge that takes one answer begins with all but one of them. */
  readonly attempts: number;
  /** The deliveries whose mail SES may have taken although nothing says so: a try is under way, or its answer was lost. */
  readonly unclear?: readonly number[];
  readonly outcome?: Outcome;
  /** Facts by name, such as `1#SENT` (delivery 1) or `attempt#<round>`. */
  readonly events: Readonly<Record<string, Fact>>;
}

/**
 * The facts about one mail. `SEND_DEFERRED`: SES refused a try because it was busy or down, and others follow. From `ACCEPTED`, which
 * means that SES took the mail, to `REJECTED` they are what SES reports.
 */
export type DeliveryFact =
  | ('REQUESTED' | 'RESEND_REQUESTED' | 'REUSED' | 'SENT' | 'SEND_DEFERRED' | 'SEND_FAILED')
  | ('ACCEPTED' | 'DELIVERED' | 'DELAYED' | 'BOUNCED' | 'SUPPRESSED' | 'COMPLAINED' | 'REJECTED');

/**
 * `LOCKED`: a wrong answer to this challenge locked the user. `REFUSED`: the right code came while the user was locked, so
 * the challenge is used up but gives no tokens. `UNLOCKED#<version>`: an operator unlocked the user while this was their
 * newest challenge; the version of the user record makes each unlocking one fact.
 */
export type UserFact = 'LOCKED' | 'REFUSED' | `UNLOCKED#${number}`;

/**
 * What a report "this was not me" did, in the order of a sign-in's steps. `revoked`: it ended the code. `withheld`: the code had been
 * given, and no tokens are given for it any more. `tooLate`: tokens had been given. `over`: the challenge had ended otherwise.
 */
export const REPORT_KINDS = ['revoked', 'withheld', 'tooLate', 'over'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** What a report has done, by the challenge after its write. */
export const reportKindOf = ({ outcome, events }: Pick<Challenge, 'outcome' | 'events'>): ReportKind => {
  if (outcome === 'REVOKED') return 'revoked';
  if (outcome !== 'VERIFIED') return 'over';
  return events.TOKENS_ISSUED === undefined ? 'withheld' : 'tooLate';
};

/** The state of a delivery, as far as the service knows it. */
export type DeliveryStatus = 'SENDING' | 'DEFERRED' | 'SENT' | 'FAILED' | 'DELAYED' | FinalReport;

/** After these reports SES does nothing more for the mail. A server may accept a mail and still return it later. */
export type FinalReport = 'DELIVERED' | 'BOUNCED' | 'SUPPRESSED' | 'REJECTED';
const FINAL_REPORTS: readonly FinalReport[] = ['DELIVERED', 'BOUNCED', 'SUPPRESSED', 'REJECTED'];

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A new UUIDv7 (RFC 9562 section 5.7) for this time in epoch milliseconds. */
export const newChallengeId = (now: number): ChallengeId => uuidv7({ msecs: now }) as ChallengeId;

/** Whether a value is a UUIDv7 in lower case, as all challenge ids are. */
export const isChallengeId = (value: unknown): value is ChallengeId =>
  typeof value === 'string' && UUID_V7.test(value);

/** When the challenge was created, in epoch milliseconds (RFC 9562 section 5.7). */
export const createdAt = (id: ChallengeId): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** When the challenge expires, in epoch milliseconds. */
export const expiryOf = (id: ChallengeId, codeLifetime: number): number =>
  createdAt(id) + codeLifetime * 1000;

/** Whether the right code would still be accepted. */
export const isLive = (challenge: Challenge, now: number, maxAttempts: number): boolean =>
  challenge.outcome === undefined && challenge.expiresAt > now && challenge.attempts < maxAttempts;

/** The numbers of the deliveries that were ordered for the challenge. */
export const orderedDeliveries = ({ events }: Pick<Challenge, 'events'>): readonly number[] => [
  ...new Set(
    Object.keys(events)
      .map((name) => Number.parseInt(name, 10))
      .filter((delivery) => delivery > 0),
  ),
];

/** The number of the newest delivery that was ordered for the challenge; 0 if there is none. */
export const latestDelivery = (challenge: Challenge): number => Math.max(0, ...orderedDeliveries(challenge));

const TAKEN: readonly DeliveryFact[] = ['SENT', 'ACCEPTED', ...FINAL_REPORTS, 'DELAYED', 'COMPLAINED'];

/** Whether it is certain that no mail of the challenge has left. Each report of SES about a mail shows that it took it. */
export const neverMailed = ({ events, unclear = [] }: Challenge): boolean =>
  unclear.length === 0 &&
  orderedDeliveries({ events }).every(
    (delivery) => !TAKEN.some((fact) => factName(delivery, fact) in events),
  );

/** The name of the fact of a round's wrong answer. It shows if Cognito repeats the round. */
export const attemptName = (round: string): string => `attempt#${round}`;

/** The name of a delivery's fact. */
export const factName = (delivery: number, fact: DeliveryFact): string => `${delivery}#${fact}`;

/** The name of the fact that the delivery was ordered. */
export const requestName = (delivery: number): string =>
  factName(delivery, delivery === 1 ? 'REQUESTED' : 'RESEND_REQUESTED');

/** When the delivery was ordered, in epoch milliseconds. */
export const orderedAt = ({ challengeId, events }: Challenge, delivery: number): number => {
  const fact = events[requestName(delivery)];
  return fact === undefined ? createdAt(challengeId) : Date.parse(fact.at);
};

/** The newest final report decides. A mail that was sent stays sent, even if another execution could not send it again. */
export const deliveryStatus = ({ events }: Challenge, delivery: number): DeliveryStatus => {
  const at = (fact: DeliveryFact) => events[factName(delivery, fact)]?.at;
  const [last] = FINAL_REPORTS.filter((report) => at(report) !== undefined).sort(
    (a, b) => (at(b) ?? '').localeCompare(at(a) ?? '') || FINAL_REPORTS.indexOf(b) - FINAL_REPORTS.indexOf(a),
  );
  if (last !== undefined) return last;
  if (at('DELAYED') !== undefined) return 'DELAYED';
  if ((at('SENT') ?? at('ACCEPTED')) !== undefined) return 'SENT';
  if (at('SEND_FAILED') !== undefined) return 'FAILED';
  return at('SEND_DEFERRED') === undefined ? 'SENDING' : 'DEFERRED';
};
