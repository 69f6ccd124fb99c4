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
  neverMailed,
  newChallengeId,
  orderedAt,
  requestName,
} from '../../shared/domain/challenge.ts';
import type { Claims } from '../../shared/domain/claims.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import { dueNotice } from '../../shared/domain/notices/due-notice.ts';
import type { NoticeKind } from '../../shared/domain/notices/notice.ts';
import {
  cooldownAfter,
  type DeliveryDecision,
  type DeliveryLimits,
  decideDelivery,
  failuresToLock,
  lockedUntil,
  type ReachedLimit,
  type Refusal,
  type RefusalCode,
  takesOneAnswer,
  triesUntilLock,
  type UserRecord,
} from '../../shared/domain/policy.ts';
import type { MetricName } from '../../shared/lambda/metric-names.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import type { ClientCall } from '../../shared/messages/client-metadata.ts';
import type { ChallengeStatus } from '../../shared/messages/public-parameters.ts';
import type { ChallengeStore } from '../../shared/table/challenge-store.ts';
import { GuardContended, type UserStore } from '../../shared/table/user-store.ts';
import type { ReadStanding } from './standing-reader.ts';
import type { StartDelivery } from './start-delivery.ts';

export interface CreateRequest {
  readonly userId: string;
  readonly email: string;
  /** The keyed hash of the address. */
  readonly addressHash: string;
  readonly locale: string;
  /** What the client wants. The first call of a sign-in has no challenge yet, so it is always an answer. */
  readonly call: ClientCall;
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
  /** The limit for which a mail was not ordered that the user had asked for. */
  readonly limited: ReachedLimit | undefined;
  readonly triesUntilLock: number | undefined;
  /** The notice that a wrong answer would lead to. */
  readonly notice: NoticeKind | undefined;
}

type Order = Exclude<DeliveryDecision, Refusal>;

export interface Dependencies {
  readonly users: UserStore;
  readonly challenges: ChallengeStore;
  readonly readStanding: ReadStanding;
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
  ORDER_LIMIT: 'RefusedOrderLimit',
};

/** Returns the challenge to answer, or why there is none. Throws `GuardContended` if the user's other requests win every try. */
export const createChallenge = async (
  deps: Dependencies,
  request: CreateRequest,
): Promise<IssuedChallenge | Refusal> => {
  const created = await handOut(deps, request);
  const refused = created.kind === 'refused' ? created.code : created.limited?.code;
  if (refused !== undefined) deps.measure({ [REFUSED[refused]]: 1 });
  return created;
};

const handOut = async (deps: Dependencies, request: CreateRequest): Promise<IssuedChallenge | Refusal> => {
  const { userId, current, call } = request;
  if (current === undefined || call === 'resend') return orderDelivery(deps, request);
  const { challenge, userRecord } = await deps.readStanding({ userId, challengeId: current });
  const isUsable = challenge !== undefined && isUsableNow(deps, request, challenge);
  if (call === 'status') {
    if (challenge === undefined) throw new ReportedError('ChallengeMissing', 'Sign in again.');
    const issued = issue(deps, request, { challenge, userRecord });
    return isUsable ? issued : { ...issued, status: 'OVER' };
  }
  if (!isUsable) return orderDelivery(deps, request, { over: current, userRecord });
  const retryAt = lockedUntil(userRecord, deps.now(), deps.limits);
  if (retryAt !== undefined) return { kind: 'refused', code: 'LOCKED', retryAt };
  return issue(deps, request, { challenge, userRecord });
};

/** Whether the code of the challenge would be accepted, and the user still has its address. */
const isUsableNow = (
  { now, limits }: Dependencies,
  { addressHash }: CreateRequest,
  challenge: Challenge,
): boolean =>
  isLive(challenge, now(), limits.maxAttempts) && (challenge.addressHash ?? addressHash) === addressHash;

interface Issue {
  readonly challenge: Challenge;
  readonly userRecord: UserRecord;
  readonly delivery?: number;
  readonly limited?: ReachedLimit | undefined;
}

/** As things stand: other answers of the user may come first. */
const noticeAfter = (
  { now, limits }: Dependencies,
  { challengeId, attempts }: Challenge,
  { consecutiveFailures, notices = {} }: UserRecord,
): NoticeKind | undefined =>
  dueNotice(notices, {
    challengeId,
    now: now(),
    locks: consecutiveFailures + 1 >= failuresToLock(limits),
    exhausts: attempts + 1 >= limits.maxAttempts,
  });

const issue = (
  deps: Dependencies,
  { current }: CreateRequest,
  { challenge, userRecord, delivery = latestDelivery(challenge), limited }: Issue,
): IssuedChallenge => ({
  kind: 'issued',
  challenge,
  delivery,
  status: current === undefined ? 'NEW' : current === challenge.challengeId ? 'SAME' : 'REPLACED',
  deliveryStatus: deliveryStatus(challenge, delivery),
  resendAt: limited?.until ?? orderedAt(challenge, delivery) + cooldownAfter(delivery, deps.limits) * 1000,
  limited,
  triesUntilLock: triesUntilLock(userRecord, deps.limits),
  notice: noticeAfter(deps, challenge, userRecord),
});

/** What this request has read already. */
interface Read {
  /** A challenge that is over, which the user record may not know. */
  readonly over: ChallengeId;
  readonly userRecord: UserRecord;
}

const orderDelivery = async (
  deps: Dependencies,
  request: CreateRequest,
  read?: Read,
): Promise<IssuedChallenge | Refusal> => {
  const { userId, addressHash, call } = request;
  let known = read?.over;
  const closed = new Set<ChallengeId>();
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const userRecord = tries === 0 && read ? read.userRecord : await deps.users.readUserRecord(userId);
    const now = deps.now();
    const kind = call === 'resend' ? 'resend' : 'signIn';
    const asked = {
      kind,
      now,
      addressHash,
      newId: newChallengeId(now),
      ...(known && { over: known }),
    } as const;
    const decision = decideDelivery(userRecord, asked, deps.limits);
    if (decision.kind === 'refused') return (await keep(deps, request, userRecord, decision)) ?? decision;
    if (await claim(deps, request, userRecord, { decision, now, closed })) {
      const challenge = await record(deps, request, userRecord, decision);
      if (challenge !== undefined && isUsableNow(deps, request, challenge)) {
        await start(deps, request, decision);
        const { delivery } = decision;
        const limited = decision.kind === 'reuse' ? decision.limit : undefined;
        return issue(deps, request, { challenge, userRecord, delivery, limited });
      }
      known = decision.challengeId;
    }
  }
  throw new GuardContended();
};

interface Claim {
  readonly decision: Order;
  readonly now: number;
  /** The challenges that this request has closed in earlier tries. */
  readonly closed: Set<ChallengeId>;
}

/**
 * Takes the decision for this request. A challenge of another address is closed first: a crash after that leaves a closed
 * challenge, never two codes. Returns false if another request was faster.
 */
const claim = async (
  deps: Dependencies,
  { userId, addressHash, requestId, claims }: CreateRequest,
  userRecord: UserRecord,
  { decision, now, closed }: Claim,
): Promise<boolean> => {
  if (decision.kind === 'reuse') return true;
  if (decision.replaces !== undefined && !closed.has(decision.replaces)) {
    const fact = factOf(now, requestId, claims);
    const replaced = await deps.challenges.replace({ userId, challengeId: decision.replaces }, fact);
    closed.add(decision.replaces);
    if (replaced !== undefined) {
      deps.measure({ ChallengeReplaced: 1, ...(neverMailed(replaced) && { NeverMailed: 1 }) });
    }
  }
  return deps.users.claimDelivery(userId, userRecord, { ...decision, addressHash, now });
};

/** Starting a delivery again repairs a crash before its first start. A delivery that has ended is not started again. */
const start = async (
  { startDelivery }: Dependencies,
  { userId, email, locale, addressHash }: CreateRequest,
  decision: Order,
): Promise<void> => {
  if (decision.kind === 'reuse' && decision.isOver) return;
  const { challengeId, delivery } = decision;
  await startDelivery({ userId, challengeId, delivery, email, locale, addressHash });
};

/** A user whose resend is refused keeps the present challenge while its code still works. */
const keep = async (
  deps: Dependencies,
  request: CreateRequest,
  userRecord: UserRecord,
  { code, retryAt: until }: Refusal,
): Promise<IssuedChallenge | undefined> => {
  const { userId, current, call } = request;
  if (code === 'LOCKED' || call !== 'resend' || current === undefined) return undefined;
  const challenge = await deps.challenges.read({ userId, challengeId: current });
  if (challenge === undefined || !isUsableNow(deps, request, challenge)) return undefined;
  return issue(deps, request, { challenge, userRecord, limited: { code, until } });
};

const factOf = (now: number, request: string, claims: Claims): Fact => ({
  at: new Date(now).toISOString(),
  by: COMPONENT,
  request,
  ...claims,
});

/** A challenge that is reused is also recorded, which repairs a crash between two steps. */
const record = async (
  { challenges, measure, now, limits }: Dependencies,
  { userId, email, addressHash, requestId, claims }: CreateRequest,
  userRecord: UserRecord,
  { kind, challengeId, delivery }: Order,
): Promise<Challenge | undefined> => {
  const { codeLifetime, auditRetention, maxAttempts } = limits;
  const fact = factOf(now(), requestId, claims);
  const attempts = takesOneAnswer(userRecord, limits) ? maxAttempts - 1 : 0;
  const recipient = maskAddress(email);
  const ref = { userId, challengeId, delivery };
  const order = { ...ref, recipient, addressHash, attempts, codeLifetime, auditRetention, fact };
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
