/**
 * The limits that span sign-ins: whether a mail is ordered now, and whether the user is locked. These are pure functions of
 * the user record and the time. The limits are those of `limits.ts`, with times in seconds.
 */
import { type ChallengeId, expiryOf } from './challenge.ts';
import { RESEND_MINIMUM_LIFE_SECONDS, REUSE_MINIMUM_LIFE_SECONDS } from './code-life.ts';
import { type Limits, MAX_LOCK_SECONDS } from './limits.ts';
import type { LastNotices } from './notices/due-notice.ts';
import {
  addOrder,
  hasOrder,
  type OrderedMails,
  type OrderLimits,
  orderAllowedAt,
  type SendLimits,
  sendAllowedAt,
} from './orders.ts';

/** What is stored about a user across sign-ins. */
export interface UserRecord extends OrderedMails {
  /** Every write increases it; 0 means that nothing is stored yet. */
  readonly version: number;
  /** The newest challenge that was neither verified nor exhausted. */
  readonly latest?: {
    readonly challengeId: ChallengeId;
    readonly delivery: number;
    readonly claimedAt: number;
    /** The keyed hash of the address that it was made for. Claims of the first release have none. */
    readonly addressHash?: string;
  };
  /** The number of wrong answers since the last right one. */
  readonly consecutiveFailures: number;
  /** When the last of them came, in epoch milliseconds. */
  readonly lastFailureAt?: number;
  /** Until when a report keeps the user out, in epoch milliseconds. A right code does not end it. */
  readonly blockedUntil?: number;
  readonly notices?: LastNotices;
}

/** The record of a user who has never signed in. */
export const NO_USER_RECORD: UserRecord = { version: 0, consecutiveFailures: 0, sends: [] };

/** The limits that decide whether a user is locked. */
export type LockLimits = Pick<Limits, 'lockThreshold' | 'lockDuration' | 'maxFailures'>;

/** The limits that decide how a user stands. */
export type UserLimits = LockLimits & SendLimits & OrderLimits;

type Cooldowns = Pick<Limits, 'resendCooldown' | 'laterResendCooldown'>;

/** The limits that decide whether another mail is ordered. */
export type DeliveryLimits = UserLimits & Cooldowns & Pick<Limits, 'codeLifetime'>;

export interface DeliveryRequest {
  readonly kind: 'signIn' | 'resend';
  readonly now: number;
  /** The keyed hash of the user's present address. */
  readonly addressHash: string;
  /** The id of a new challenge, made now; used only if the decision needs a new challenge. */
  readonly newId: ChallengeId;
  /** A challenge that is known to be over, even if the user record still has it. */
  readonly over?: ChallengeId;
}

/** Why no mail is ordered, as a word for programs. `ORDER_LIMIT`: the ceiling, which no right code raises. */
export type RefusalCode = 'LOCKED' | LimitCode;
export type LimitCode = 'SEND_LIMIT' | 'ORDER_LIMIT';

/** Until this time in epoch milliseconds, another mail is too many. */
export interface ReachedLimit {
  readonly code: LimitCode;
  readonly until: number;
}

export type DeliveryDecision =
  /** Order this mail, and close the challenge that it replaces, because that was made for another address. */
  | (MailOf & {
      readonly kind: 'claim';
      readonly ordered: Required<OrderedMails>;
      readonly replaces?: ChallengeId;
    })
  /** Hand out the latest challenge. `isOver`: its delivery has ended without a mail, so it is not started again. */
  | (MailOf & { readonly kind: 'reuse'; readonly isOver: boolean; readonly limit?: ReachedLimit })
  | Refusal;

interface MailOf {
  readonly challengeId: ChallengeId;
  readonly delivery: number;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** Epoch milliseconds; infinite if only an operator can help. */
  readonly retryAt: number;
}

/** The end of the lock that follows from wrong answers, in epoch milliseconds; a past time if there is none. */
const endOfLock = (
  { consecutiveFailures, lastFailureAt }: UserRecord,
  { lockThreshold, lockDuration, maxFailures }: LockLimits,
): number => {
  if (consecutiveFailures >= maxFailures) return Number.POSITIVE_INFINITY;
  const isLocked = consecutiveFailures >= lockThreshold && lastFailureAt !== undefined;
  const seconds = Math.min(lockDuration * 2 ** (consecutiveFailures - lockThreshold), MAX_LOCK_SECONDS);
  return isLocked ? lastFailureAt + seconds * 1000 : Number.NEGATIVE_INFINITY;
};

const ifLater = (until: number, now: number): number | undefined => (until > now ? until : undefined);

/**
 * Returns the time in epoch milliseconds until which wrong answers keep the user out, or undefined. It is computed from the count
 * and the time of the last failure, so it has not to be stored.
 */
export const failuresLockUntil = (
  userRecord: UserRecord,
  now: number,
  limits: LockLimits,
): number | undefined => ifLater(endOfLock(userRecord, limits), now);

/** Returns the time in epoch milliseconds until which the user is locked by wrong answers or blocked by a report, or undefined. */
export const lockedUntil = (userRecord: UserRecord, now: number, limits: LockLimits): number | undefined =>
  ifLater(Math.max(endOfLock(userRecord, limits), userRecord.blockedUntil ?? Number.NEGATIVE_INFINITY), now);

/** From this number of wrong answers before a lock on, the client is told how many are left. */
const NEAR_LOCK = 5;

/** This many wrong answers in a row lock a user, for a time or until an operator helps. */
export const failuresToLock = ({ lockThreshold, maxFailures }: LockLimits): number =>
  Math.min(lockThreshold, maxFailures);

/** How many wrong answers lead to a lock, the last one included; undefined if the lock is not near. */
export const triesUntilLock = (
  { consecutiveFailures }: UserRecord,
  limits: LockLimits,
): number | undefined => {
  const left = Math.max(1, failuresToLock(limits) - consecutiveFailures);
  return left <= NEAR_LOCK ? left : undefined;
};

/**
 * Whether a new challenge of the user takes one answer only. So of the answers that come together at the end of a lock, one
 * is judged.
 */
export const takesOneAnswer = ({ consecutiveFailures }: UserRecord, { lockThreshold }: LockLimits): boolean =>
  consecutiveFailures >= lockThreshold;

/** For this many seconds after a mail of a challenge was ordered, no other is ordered. */
export const cooldownAfter = (
  delivery: number,
  { resendCooldown, laterResendCooldown }: Cooldowns,
): number => (delivery === 1 ? resendCooldown : laterResendCooldown);

type Latest = NonNullable<UserRecord['latest']>;

/** A claim of the first release has no hash. It passes, so that a sign-in that is under way at the upgrade can go on. */
const isForAddress = ({ addressHash }: Latest, present: string): boolean =>
  addressHash === undefined || addressHash === present;

const lifeLeft = ({ challengeId }: Latest, { now }: DeliveryRequest, { codeLifetime }: DeliveryLimits) =>
  expiryOf(challengeId, codeLifetime) - now;

/** The latest challenge, if it may still be handed out. */
const usableLatest = (
  { latest }: UserRecord,
  request: DeliveryRequest,
  limits: DeliveryLimits,
): Latest | undefined => {
  if (latest === undefined || latest.challengeId === request.over) return undefined;
  if (!isForAddress(latest, request.addressHash)) return undefined;
  return lifeLeft(latest, request, limits) >= REUSE_MINIMUM_LIFE_SECONDS * 1000 ? latest : undefined;
};

/** The latest challenge, if its code still works but its mails went to another address. */
const replaced = ({ latest }: UserRecord, request: DeliveryRequest, limits: DeliveryLimits) =>
  latest !== undefined && !isForAddress(latest, request.addressHash) && lifeLeft(latest, request, limits) > 0
    ? { replaces: latest.challengeId }
    : {};

/** The limit that allows no other mail now. The ceiling comes first, because it tells more. */
export const reachedLimit = (
  userRecord: UserRecord,
  now: number,
  limits: SendLimits & OrderLimits,
): ReachedLimit | undefined => {
  const orderUntil = orderAllowedAt(userRecord, limits);
  if (orderUntil > now) return { code: 'ORDER_LIMIT', until: orderUntil };
  const sendUntil = sendAllowedAt(userRecord, limits);
  return sendUntil > now ? { code: 'SEND_LIMIT', until: sendUntil } : undefined;
};

/**
 * Decides whether a mail is ordered. A locked user gets none. The latest challenge is handed out again within the cooldown of
 * its mail, and if the limits allow no other mail. Otherwise a mail is ordered: for a resend with the same code, if that is
 * valid long enough, and in all other cases with a new code. A challenge for another address is never handed out.
 */
export const decideDelivery = (
  userRecord: UserRecord,
  request: DeliveryRequest,
  limits: DeliveryLimits,
): DeliveryDecision => {
  const { now, newId } = request;
  const locked = lockedUntil(userRecord, now, limits);
  if (locked !== undefined) return { kind: 'refused', code: 'LOCKED', retryAt: locked };

  const latest = usableLatest(userRecord, request, limits);
  const reuse = latest && reuseOf(userRecord, latest);
  if (reuse && now - latest.claimedAt < cooldownAfter(latest.delivery, limits) * 1000) return reuse;

  const limit = reachedLimit(userRecord, now, limits);
  if (limit) {
    return reuse ? { ...reuse, limit } : { kind: 'refused', code: limit.code, retryAt: limit.until };
  }
  const keepsCode =
    request.kind === 'resend' &&
    latest !== undefined &&
    lifeLeft(latest, request, limits) >= RESEND_MINIMUM_LIFE_SECONDS * 1000;
  const mail = keepsCode
    ? { challengeId: latest.challengeId, delivery: latest.delivery + 1 }
    : { challengeId: newId, delivery: 1 };
  const ordered = addOrder(userRecord, mail, now);
  return { kind: 'claim', ...mail, ordered, ...replaced(userRecord, request, limits) };
};

const reuseOf = (userRecord: UserRecord, { challengeId, delivery, addressHash }: Latest) => {
  // An order is taken back only after its delivery has ended. A claim of the first release is in no list of orders.
  const isOver = addressHash !== undefined && !hasOrder(userRecord, { challengeId, delivery });
  return { kind: 'reuse' as const, challengeId, delivery, isOver };
};
