/** Hands the user a challenge: the one they are answering, the one that was just mailed, or a new one. */
import {
  type Challenge,
  type ChallengeId,
  type DeliveryStatus,
  deliveryStatus,
  type Fact,
  factName,
  isLive,
  latestDelivery,
  requestName,
} from '../../shared/challenge.ts';
import type { ChallengeStore } from '../../shared/challenge-store.ts';
import type { Claims } from '../../shared/claims.ts';
import type { GuardStore } from '../../shared/guard-store.ts';
import type { Measure } from '../../shared/metrics.ts';
import { type DeliveryDecision, type DeliveryLimits, decideDelivery } from '../../shared/policy.ts';
import { maskAddress } from '../../shared/recipient.ts';
import type { StartDelivery } from './start-delivery.ts';

export interface ChallengeRequest {
  readonly userId: string;
  readonly email: string;
  readonly locale: string;
  readonly resend: boolean;
  /** The challenge of the previous round, where there was one. */
  readonly current?: ChallengeId;
  /** The Lambda request that asks, for the trail. */
  readonly requestId: string;
  readonly claims: Claims;
}

/** `NEW`: first of this sign-in; `SAME`: the code of the previous round still works; `REPLACED`: it does not. */
export type ChallengeStatus = 'NEW' | 'SAME' | 'REPLACED';

export interface IssuedChallenge {
  readonly challenge: Challenge;
  readonly status: ChallengeStatus;
  readonly delivery: number;
  readonly deliveryStatus: DeliveryStatus;
}

export interface Dependencies {
  readonly guards: GuardStore;
  readonly challenges: ChallengeStore;
  readonly startDelivery: StartDelivery;
  readonly measure: Measure;
  readonly now: () => number;
  readonly limits: DeliveryLimits & { readonly maxAttempts: number; readonly retentionSeconds: number };
}

export const COMPONENT = 'create-auth-challenge';

/** Races are lost to another request of the same user; more in a row than this is no longer an honest user's. */
const MAX_TRIES = 3;

/** The create rule. Throws when the same user's requests keep overtaking each other. */
export const createChallenge = async (
  deps: Dependencies,
  request: ChallengeRequest,
): Promise<IssuedChallenge> => {
  if (request.current !== undefined && !request.resend) {
    const ref = { userId: request.userId, challengeId: request.current };
    const challenge = await deps.challenges.read(ref);
    if (challenge !== undefined && isLive(challenge, deps.now(), deps.limits.maxAttempts)) {
      return issue(challenge, request.current, latestDelivery(challenge));
    }
    return orderDelivery(deps, request, request.current);
  }
  return orderDelivery(deps, request);
};

const issue = (
  challenge: Challenge,
  previous: ChallengeId | undefined,
  delivery: number,
): IssuedChallenge => ({
  challenge,
  delivery,
  status: previous === undefined ? 'NEW' : previous === challenge.challengeId ? 'SAME' : 'REPLACED',
  deliveryStatus: deliveryStatus(challenge, delivery),
});

const orderDelivery = async (
  deps: Dependencies,
  request: ChallengeRequest,
  over?: ChallengeId,
): Promise<IssuedChallenge> => {
  let known = over;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const guard = await deps.guards.readGuard(request.userId);
    const now = deps.now();
    const kind = request.resend ? 'resend' : 'signIn';
    const decision = decideDelivery(guard, { kind, now, ...(known && { over: known }) }, deps.limits);
    const won =
      decision.kind === 'reuse' || (await deps.guards.claimDelivery(request.userId, guard, decision, now));
    if (won) {
      const challenge = await record(deps, request, decision);
      if (challenge !== undefined && isLive(challenge, deps.now(), deps.limits.maxAttempts)) {
        const { userId, email, locale } = request;
        const { challengeId, delivery } = decision;
        await deps.startDelivery({ userId, challengeId, delivery, email, locale });
        return issue(challenge, request.current, decision.delivery);
      }
      known = decision.challengeId;
    }
  }
  throw new Error('The guard kept changing');
};

/** Recording and starting are also done for a challenge that is reused: repeating them heals a crash between any two steps. */
const record = async (
  { challenges, measure, now, limits }: Dependencies,
  { userId, email, requestId, claims }: ChallengeRequest,
  { kind, challengeId, delivery }: DeliveryDecision,
): Promise<Challenge | undefined> => {
  const { lifetimeSeconds, retentionSeconds } = limits;
  const fact = { at: new Date(now()).toISOString(), by: COMPONENT, request: requestId, ...claims };
  const ref = { userId, challengeId };
  const order = { ...ref, delivery, recipient: maskAddress(email), lifetimeSeconds, retentionSeconds, fact };
  const reused = kind === 'reuse' ? await challenges.reuse(order) : undefined;
  const challenge = reused ?? (await challenges.request(order));
  if (challenge !== undefined) countOwn(measure, challenge, delivery, fact);
  return challenge;
};

/** Each fact is written once; the one that bears this request's mark is the one that this request wrote. */
const countOwn = (measure: Measure, { events }: Challenge, delivery: number, { request }: Fact): void => {
  const isOwn = (name: string) => events[name]?.request === request;
  if (isOwn(requestName(delivery)))
    measure({ [delivery === 1 ? 'ChallengeRequested' : 'ResendRequested']: 1 });
  if (isOwn(factName(delivery, 'REUSED'))) measure({ ChallengeReused: 1 });
};
