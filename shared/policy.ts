/** Whether to order a mail now. Pure: what is known about the user goes in, one decision comes out. */
import { type ChallengeId, expiryOf, newChallengeId } from './challenge.ts';
import { RESEND_MINIMUM_LIFE_SECONDS, REUSE_MINIMUM_LIFE_SECONDS } from './limits.ts';

/** What spans the user's sign-ins. */
export interface Guard {
  /** Raised by every write; 0 means that nothing is stored yet. */
  readonly version: number;
  /** The newest challenge that was neither verified nor exhausted. */
  readonly latest?: {
    readonly challengeId: ChallengeId;
    readonly delivery: number;
    readonly claimedAt: number;
  };
  readonly consecutiveFailures: number;
}

export interface DeliveryRequest {
  readonly kind: 'signIn' | 'resend';
  readonly now: number;
  /** A challenge that is known to be over, whatever the guard says. */
  readonly over?: ChallengeId;
}

export interface DeliveryLimits {
  readonly lifetimeSeconds: number;
  readonly cooldownSeconds: number;
}

/** `reuse`: hand out the latest challenge, its mail is ordered already. `claim`: order this mail. */
export interface DeliveryDecision {
  readonly kind: 'reuse' | 'claim';
  readonly challengeId: ChallengeId;
  readonly delivery: number;
}

export const decideDelivery = (
  guard: Guard,
  request: DeliveryRequest,
  limits: DeliveryLimits,
): DeliveryDecision => {
  const { now } = request;
  const { latest } = guard;
  if (latest !== undefined && latest.challengeId !== request.over) {
    const lifeLeft = expiryOf(latest.challengeId, limits.lifetimeSeconds) - now;
    const { challengeId, delivery } = latest;
    const recent = now - latest.claimedAt < limits.cooldownSeconds * 1000;
    if (recent && lifeLeft >= REUSE_MINIMUM_LIFE_SECONDS * 1000) {
      return { kind: 'reuse', challengeId, delivery };
    }
    if (request.kind === 'resend' && lifeLeft >= RESEND_MINIMUM_LIFE_SECONDS * 1000) {
      return { kind: 'claim', challengeId, delivery: delivery + 1 };
    }
  }
  return { kind: 'claim', challengeId: newChallengeId(now), delivery: 1 };
};
