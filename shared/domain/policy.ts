/**
 * The limits that span sign-ins: whether a mail is ordered now, and whether the user is locked. These are pure functions of
 * the user record and the time. The limits are those of `limits.ts`, with times in seconds.
 */
import { type ChallengeId, expiryOf } from './challenge.ts';
import {
  DAY_SECONDS,
  type Limits,
  MAX_LOCK_SECONDS,
  RESEND_MINIMUM_LIFE_SECONDS,
  REUSE_MINIMUM_LIFE_SECONDS,
  SEND_WINDOW_SECONDS,
} from './limits.ts';

/** What is stored about a user across sign-ins. */
export interface UserRecord {
  /** Every write increases it; 0 means that nothing is stored yet. */
  readonly version: number;
  /** The newest challenge that was neither verified nor exhausted. */
  readonly latest?: {
    readonly challengeId: ChallengeId;
    readonly delivery: number;
    readonly claimedAt: number;
  };
  /** The number of wrong answers since the last right one. */
  readonly consecutiveFailures: number;
  /** When the last of them came, in epoch milliseconds. */
  readonly lastFailureAt?: number;
  /** When mails were ordered within the last day, in epoch milliseconds, oldest first. */
  readonly sends: readonly number[];
}

/** The record of a user who has never signed in. */
export const NO_USER_RECORD: UserRecord = { version: 0, consecutiveFailures: 0, sends: [] };

/** The limits that decide whether a user is locked. */
export type LockLimits = Pick<Limits, 'lockThreshold' | 'lockDuration' | 'maxFailures'>;

/** The limits that decide how a user stands. */
export type UserLimits = LockLimits & Pick<Limits, 'sendsPerWindow' | 'sendsPerDay'>;

type Cooldowns = Pick<Limits, 'resendCooldown' | 'laterResendCooldown'>;

/** The limits that decide whether another mail is ordered. */
export type DeliveryLimits = UserLimits & Cooldowns & Pick<Limits, 'codeLifetime'>;

export interface DeliveryRequest {
  readonly kind: 'signIn' | 'resend';
  readonly now: number;
  /** The id of a new challenge, made now; used only if the decision needs a new challenge. */
  readonly newId: ChallengeId;
  /** A challenge that is known to be over, even if the user record still has it. */
  readonly over?: ChallengeId;
}

/** Why no mail is ordered, as a word for programs. */
export type RefusalCode = 'LOCKED' | 'SEND_LIMIT';

export type DeliveryDecision =
  /** Order this mail. `sends` are the orders of the last day, with this one. */
  | (MailOf & { readonly kind: 'claim'; readonly sends: readonly number[] })
  /** Hand out the latest challenge, whose mail is ordered already. `sendLimitUntil`: until then another mail is too many. */
  | (MailOf & { readonly kind: 'reuse'; readonly sendLimitUntil?: number })
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

/**
 * Returns the time in epoch milliseconds until which the user is locked, or undefined if the user is not locked. It is
 * computed from the count and the time of the last failure, so no lock has to be stored.
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

/** For this many seconds after a mail of a challenge was ordered, no other is ordered. */
export const cooldownAfter = (
  delivery: number,
  { resendCooldown, laterResendCooldown }: Cooldowns,
): number => (delivery === 1 ? resendCooldown : laterResendCooldown);

/** When a limit of `most` orders within `seconds` allows one more; a past time if it does now. */
const roomAt = (sends: readonly number[], most: number, seconds: number): number =>
  (sends.at(-most) ?? Number.NEGATIVE_INFINITY) + seconds * 1000;

/** When the limits allow another mail, in epoch milliseconds; a past time if they do now. */
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
 * Decides whether a mail is ordered. A locked user gets none. The latest challenge is handed out again within the cooldown of
 * its mail, and if the limits allow no other mail. Otherwise a mail is ordered: for a resend with the same code, if that is
 * valid long enough, and in all other cases with a new code.
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
