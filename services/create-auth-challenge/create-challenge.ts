/** Hands the user a challenge: the one they are answering, the one that was just mailed, or a new one. */

import { maskAddress } from '../../shared/domain/address.ts';
import {
  type Challenge,
  type ChallengeId,
  type DeliveryStatus,
  deliveryStatus,
  type Fact,
  factName,
  isLive,
  latestDelivery,
  newChallengeId,
  orderedAt,
  requestName,
} from '../../shared/domain/challenge.ts';
import type { Claims } from '../../shared/domain/claims.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import {
  cooldownAfter,
  type DeliveryDecision,
  type DeliveryLimits,
  decideDelivery,
  lockedUntil,
  type Refusal,
  type RefusalCode,
} from '../../shared/domain/policy.ts';
import type { Measure, MetricName } from '../../shared/lambda/metrics.ts';
import type { ChallengeStatus } from '../../shared/messages/public-parameters.ts';
import type { ChallengeStore } from '../../shared/table/challenge-store.ts';
import { GuardContended, type UserStore } from '../../shared/table/user-store.ts';
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

export interface IssuedChallenge {
  readonly kind: 'issued';
  readonly challenge: Challenge;
  readonly status: ChallengeStatus;
  readonly delivery: number;
  readonly deliveryStatus: DeliveryStatus;
  /** Epoch milliseconds from which another mail can be ordered. */
  readonly resendAt: number;
  /** Whether a mail was asked for and not ordered, because the user has had too many. */
  readonly sendLimited: boolean;
}

type Order = Exclude<DeliveryDecision, Refusal>;

export interface Dependencies {
  readonly users: UserStore;
  readonly challenges: ChallengeStore;
  readonly startDelivery: StartDelivery;
  readonly measure: Measure;
  readonly now: () => number;
  readonly limits: DeliveryLimits & Pick<Limits, 'maxAttempts' | 'auditRetention'>;
}

export const COMPONENT = 'create-auth-challenge';

/**
 * Races are lost to another request of the same user. Four tabs that are answered at once can lose three in a row; more than
 * this is no honest user's.
 */
const MAX_TRIES = 5;

const REFUSED: Readonly<Record<RefusalCode, MetricName>> = {
  LOCKED: 'RefusedLocked',
  SEND_LIMIT: 'RefusedSendLimit',
};

/** The create rule. Throws `GuardContended` when the same user's requests keep overtaking each other. */
export const createChallenge = async (
  deps: Dependencies,
  request: ChallengeRequest,
): Promise<IssuedChallenge | Refusal> => {
  const created = await handOut(deps, request);
  const refused = refusedBy(created);
  if (refused !== undefined) deps.measure({ [REFUSED[refused]]: 1 });
  return created;
};

/** The limit that kept the user from a mail, with or without a challenge that they have already. */
const refusedBy = (created: IssuedChallenge | Refusal): RefusalCode | undefined => {
  if (created.kind === 'refused') return created.code;
  return created.sendLimited ? 'SEND_LIMIT' : undefined;
};

const handOut = async (deps: Dependencies, request: ChallengeRequest): Promise<IssuedChallenge | Refusal> => {
  if (request.current === undefined || request.resend) return orderDelivery(deps, request);
  const challenge = await readLive(deps, request, request.current);
  if (challenge === undefined) return orderDelivery(deps, request, request.current);
  return (await refuseLocked(deps, request, challenge)) ?? issue(deps, request, challenge);
};

const readLive = async (
  { challenges, now, limits }: Dependencies,
  { userId }: ChallengeRequest,
  challengeId: ChallengeId,
): Promise<Challenge | undefined> => {
  const challenge = await challenges.read({ userId, challengeId });
  return challenge !== undefined && isLive(challenge, now(), limits.maxAttempts) ? challenge : undefined;
};

/** Of a challenge whose answers have locked the user, the user record has to say whether they still are. */
const refuseLocked = async (
  deps: Dependencies,
  { userId }: ChallengeRequest,
  { events }: Challenge,
): Promise<Refusal | undefined> => {
  if (events.LOCKED === undefined) return undefined;
  const retryAt = lockedUntil(await deps.users.readUserRecord(userId), deps.now(), deps.limits);
  return retryAt === undefined ? undefined : { kind: 'refused', code: 'LOCKED', retryAt };
};

const issue = (
  { limits }: Dependencies,
  { current }: ChallengeRequest,
  challenge: Challenge,
  delivery = latestDelivery(challenge),
  sendLimitUntil?: number,
): IssuedChallenge => ({
  kind: 'issued',
  challenge,
  delivery,
  status: current === undefined ? 'NEW' : current === challenge.challengeId ? 'SAME' : 'REPLACED',
  deliveryStatus: deliveryStatus(challenge, delivery),
  resendAt: sendLimitUntil ?? orderedAt(challenge, delivery) + cooldownAfter(delivery, limits) * 1000,
  sendLimited: sendLimitUntil !== undefined,
});

const orderDelivery = async (
  deps: Dependencies,
  request: ChallengeRequest,
  over?: ChallengeId,
): Promise<IssuedChallenge | Refusal> => {
  let known = over;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const userRecord = await deps.users.readUserRecord(request.userId);
    const now = deps.now();
    const kind = request.resend ? 'resend' : 'signIn';
    const facts = { kind, now, newId: newChallengeId(now), ...(known && { over: known }) } as const;
    const decision = decideDelivery(userRecord, facts, deps.limits);
    if (decision.kind === 'refused') return (await keep(deps, request, decision)) ?? decision;
    const won =
      decision.kind === 'reuse' ||
      (await deps.users.claimDelivery(request.userId, userRecord, decision, now));
    if (won) {
      const challenge = await record(deps, request, decision);
      if (challenge !== undefined && isLive(challenge, deps.now(), deps.limits.maxAttempts)) {
        const { userId, email, locale } = request;
        const { challengeId, delivery } = decision;
        await deps.startDelivery({ userId, challengeId, delivery, email, locale });
        const sendLimitUntil = decision.kind === 'reuse' ? decision.sendLimitUntil : undefined;
        return issue(deps, request, challenge, delivery, sendLimitUntil);
      }
      known = decision.challengeId;
    }
  }
  throw new GuardContended();
};

/** Who cannot have another mail keeps the code that they have, as long as it works. */
const keep = async (
  deps: Dependencies,
  request: ChallengeRequest,
  { code, retryAt }: Refusal,
): Promise<IssuedChallenge | undefined> => {
  if (code !== 'SEND_LIMIT' || !request.resend || request.current === undefined) return undefined;
  const challenge = await readLive(deps, request, request.current);
  return challenge && issue(deps, request, challenge, latestDelivery(challenge), retryAt);
};

/** Recording and starting are also done for a challenge that is reused: repeating them heals a crash between any two steps. */
const record = async (
  { challenges, measure, now, limits }: Dependencies,
  { userId, email, requestId, claims }: ChallengeRequest,
  { kind, challengeId, delivery }: Order,
): Promise<Challenge | undefined> => {
  const { codeLifetime, auditRetention } = limits;
  const fact = { at: new Date(now()).toISOString(), by: COMPONENT, request: requestId, ...claims };
  const ref = { userId, challengeId };
  const order = { ...ref, delivery, recipient: maskAddress(email), codeLifetime, auditRetention, fact };
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
