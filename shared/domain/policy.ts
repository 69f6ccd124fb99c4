/**
 * The limits that span sign-ins: whether to order a mail now, and whether the user is locked. Pure: what is known about the
 * user goes in, one decision comes out. The numbers are those of `limits.ts`, times in seconds.
 */
import { type ChallengeId, expiryOf } from './challenge.ts';
import {
  type Limits,
  MAX_LOCK_SECONDS,
  RESEND_MINIMUM_LIFE_SECONDS,
  REUSE_MINIMUM_LIFE_SECONDS,
  SEND_WINDOW_SECONDS,
} from './limits.ts';

/** What spans the user's sign-ins. */
export interface UserRecord {
  /** Raised by every write; 0 means that nothing is stored yet. */
  readonly version: number;
  /** The newest challenge that was neither verified nor exhausted. */
  readonly latest?: {
    readonly challengeId: ChallengeId;
    readonly delivery: number;
    readonly claimedAt: number;
  };
  /** Wrong answers since the last right one. */
  readonly consecutiveFailures: number;
  /** Epoch milliseconds of the last of them. */
  readonly lastFailureAt?: number;
  /** Epoch milliseconds at which mails were ordered, oldest first; those of the last day are enough. */
  readonly sends: readonly number[];
}

/** Of a user who was never here. */
export const NO_USER_RECORD: UserRecord = { version: 0, consecutiveFailures: 0, sends: [] };

/** When a user is locked. */
export type LockLimits = Pick<Limits, 'lockThreshold' | 'lockDuration' | 'maxFailures'>;

/** What a user record is judged by, wherever it is looked at. */
export type UserLimits = LockLimits & Pick<Limits, 'sendsPerWindow' | 'sendsPerDay'>;

type Cooldowns = Pick<Limits, 'resendCooldown' | 'laterResendCooldown'>;

/** Whether another mail is ordered. */
export type DeliveryLimits = UserLimits & Cooldowns & Pick<Limits, 'codeLifetime'>;

export interface DeliveryRequest {
  readonly kind: 'signIn' | 'resend';
  readonly now: number;
  /** Of the challenge that is claimed where none can be handed out; made now. */
  readonly newId: ChallengeId;
  /** A challenge that is known to be over, whatever the user record says. */
  readonly over?: ChallengeId;
}

/** Why no mail is ordered, in words for programs. */
export type RefusalCode = 'LOCKED' | 'SEND_LIMIT';

export type DeliveryDecision =
  /** Order this mail; `sends` are the orders of the last day with this one. */
  | (MailOf & { readonly kind: 'claim'; readonly sends: readonly number[] })
  /** Hand out the latest challenge, its mail is ordered already. `sendLimitUntil`: another one would be too many. */
  | (MailOf & { readonly kind: 'reuse'; readonly sendLimitUntil?: number })
  | Refusal;

interface MailOf {
  readonly challengeId: ChallengeId;
  readonly delivery: number;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** Epoch milliseconds; infinite where only an operator can help. */
  readonly retryAt: number;
}

export const DAY_SECONDS = 24 * 60 * 60;

/**
 * Epoch milliseconds until which the user is locked, undefined where they are not. Derived from the count and the time of
 * the last failure, so there is no lock to set, to lose or to forget.
 */
export const lockedUntil = (
  { consecutiveFailures, lastFailureAt }: UserRecord,
  now: number,
  { lockThreshold, lockDuration, maxFailures }: LockLimits,
): number | undefined => {
  if (consecutiveFailures >= maxFailures) return Number.POSITIVE_INFINITY;
  if (consecutiveFailures < lockThreshold || lastFailureAt === undefined) return undefined;
  const seconds = Math.min(lockDuration * 2 ** (consecutiveFailures - lockThreshold), MAX_LOCK_SECONDS);
  const until = lastFailureAt + seconds * 1000;
  return until > now ? until : undefined;
};

/** Seconds after a challenge's mail was ordered in which no other is. */
export const cooldownAfter = (
  delivery: number,
  { resendCooldown, laterResendCooldown }: Cooldowns,
): number => (delivery === 1 ? resendCooldown : laterResendCooldown);

/** The moment from which `most` orders within `seconds` leave room for one more; past where they do now. */
const roomAt = (sends: readonly number[], most: number, seconds: number): number =>
  (sends.at(-most) ?? Number.NEGATIVE_INFINITY) + seconds * 1000;

/** Epoch milliseconds from which the limits leave room for another mail; past where they do now. */
export const sendAllowedAt = ({ sends }: UserRecord, { sendsPerWindow, sendsPerDay }: UserLimits): number =>
  Math.max(roomAt(sends, sendsPerWindow, SEND_WINDOW_SECONDS), roomAt(sends, sendsPerDay, DAY_SECONDS));

/** The latest challenge, if it may still be handed out. */
const usableLatest = (
  userRecord: UserRecord,
  { now, over }: DeliveryRequest,
  { codeLifetime }: DeliveryLimits,
) => {
  const { latest } = userRecord;
  if (latest === undefined || latest.challengeId === over) return undefined;
  const lifeLeft = expiryOf(latest.challengeId, codeLifetime) - now;
  return lifeLeft >= REUSE_MINIMUM_LIFE_SECONDS * 1000 ? { ...latest, lifeLeft } : undefined;
};

/**
 * The one decision about mails. A locked user gets none. A challenge that is still good is handed out again within the cooldown
 * of its mail, and also where the limits leave room for no other. Otherwise a mail is ordered: of the same code for a resend, if
 * that has enough life left, and else of a new one.
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
  const reuse = latest && {
    kind: 'reuse' as const,
    challengeId: latest.challengeId,
    delivery: latest.delivery,
  };
  if (reuse && now - latest.claimedAt < cooldownAfter(latest.delivery, limits) * 1000) return reuse;

  const allowedAt = sendAllowedAt(userRecord, limits);
  if (allowedAt > now) {
    return reuse
      ? { ...reuse, sendLimitUntil: allowedAt }
      : { kind: 'refused', code: 'SEND_LIMIT', retryAt: allowedAt };
  }
  const sends = [...userRecord.sends.filter((at) => at > now - DAY_SECONDS * 1000), now];
  const isSameCode =
    request.kind === 'resend' && (latest?.lifeLeft ?? 0) >= RESEND_MINIMUM_LIFE_SECONDS * 1000;
  return latest && isSameCode
    ? { kind: 'claim', challengeId: latest.challengeId, delivery: latest.delivery + 1, sends }
    : { kind: 'claim', challengeId: newId, delivery: 1, sends };
};
