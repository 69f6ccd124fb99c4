/** Hands out a challenge: the one that the user is answering, the one that was just mailed, or a new one. */

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

export interface CreateRequest {
  readonly userId: string;
  readonly email: string;
  readonly locale: string;
  readonly resend: boolean;
  /** The challenge of the previous round, if there was one. */
  readonly current?: ChallengeId;
  /** The id of the Lambda request, for the trail. */
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
  /** Whether the user asked for a mail that was not ordered, because there were too many already. */
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
 * A try fails if another request of the same user writes first. With four tabs at once, three tries in a row can fail;
 * an honest user does not cause more than this.
 */
const MAX_TRIES = 5;

const REFUSED: Readonly<Record<RefusalCode, MetricName>> = {
  LOCKED: 'RefusedLocked',
  SEND_LIMIT: 'RefusedSendLimit',
};

/** Returns the challenge to answer, or why there is none. Throws `GuardContended` if the user's other requests win every try. */
export const createChallenge = async (
  deps: Dependencies,
  request: CreateRequest,
): Promise<IssuedChallenge | Refusal> => {
  const created = await handOut(deps, request);
  const refused = refusedBy(created);
  if (refused !== undefined) deps.measure({ [REFUSED[refused]]: 1 });
  return created;
};

/** The limit that refused a mail, even if the user still gets the challenge that they have. */
const refusedBy = (created: IssuedChallenge | Refusal): RefusalCode | undefined => {
  if (created.kind === 'refused') return created.code;
  return created.sendLimited ? 'SEND_LIMIT' : undefined;
};

const handOut = async (deps: Dependencies, request: CreateRequest): Promise<IssuedChallenge | Refusal> => {
  if (request.current === undefined || request.resend) return orderDelivery(deps, request);
  const challenge = await readLive(deps, request, request.current);
  if (challenge === undefined) return orderDelivery(deps, request, request.current);
  return (await refuseLocked(deps, request, challenge)) ?? issue(deps, request, challenge);
};

const readLive = async (
  { challenges, now, limits }: Dependencies,
  { userId }: CreateRequest,
  challengeId: ChallengeId,
): Promise<Challenge | undefined> => {
  const challenge = await challenges.read({ userId, challengeId });
  return challenge !== undefined && isLive(challenge, now(), limits.maxAttempts) ? challenge : undefined;
};

/** If an answer to this challenge locked the user, the user record shows whether the lock still holds. */
const refuseLocked = async (
  deps: Dependencies,
  { userId }: CreateRequest,
  { events }: Challenge,
): Promise<Refusal | undefined> => {
  if (events.LOCKED === undefined) return undefined;
  const retryAt = lockedUntil(await deps.users.readUserRecord(userId), deps.now(), deps.limits);
  return retryAt === undefined ? undefined : { kind: 'refused', code: 'LOCKED', retryAt };
};

const issue = (
  { limits }: Dependencies,
  { current }: CreateRequest,
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
  request: CreateRequest,
  over?: ChallengeId,
): Promise<IssuedChallenge | Refusal> => {
  let known = over;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const userRecord = await deps.users.readUserRecord(request.userId);
    const now = deps.now();
    const kind = request.resend ? 'resend' : 'signIn';
    const asked = { kind, now, newId: newChallengeId(now), ...(known && { over: known }) } as const;
    const decision = decideDelivery(userRecord, asked, deps.limits);
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

/** A user whose resend is refused keeps the present challenge while its code still works. */
const keep = async (
  deps: Dependencies,
  request: CreateRequest,
  { code, retryAt }: Refusal,
): Promise<IssuedChallenge | undefined> => {
  if (code !== 'SEND_LIMIT' || !request.resend || request.current === undefined) return undefined;
  const challenge = await readLive(deps, request, request.current);
  return challenge && issue(deps, request, challenge, latestDelivery(challenge), retryAt);
};

/** A challenge that is reused is also recorded and its delivery started, which repairs a crash between two steps. */
const record = async (
  { challenges, measure, now, limits }: Dependencies,
  { userId, email, requestId, claims }: CreateRequest,
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

/** Each fact is written once, so only the facts with this request's id are counted. */
const countOwn = (measure: Measure, { events }: Challenge, delivery: number, { request }: Fact): void => {
  const isOwn = (name: string) => events[name]?.request === request;
  if (isOwn(requestName(delivery)))
    measure({ [delivery === 1 ? 'ChallengeRequested' : 'ResendRequested']: 1 });
  if (isOwn(factName(delivery, 'REUSED'))) measure({ ChallengeReused: 1 });
};
