/** Decides an answer: compares the codes, counts the answer with one conditional write, and then checks the user record. */
import { hashAddress } from '../../shared/domain/address-hash.ts';
import { readAnswer } from '../../shared/domain/answer.ts';
import {
  attemptName,
  type Challenge,
  createdAt,
  isLive,
  neverMailed,
} from '../../shared/domain/challenge.ts';
import type { Claims } from '../../shared/domain/claims.ts';
import { deriveCode, isSameCode } from '../../shared/domain/code.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import type { AddressKeySource, KeySource } from '../../shared/lambda/key-source.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import type { RoundReference } from '../../shared/messages/private-parameters.ts';
import type { Answer, AttemptForm, ChallengeStore } from '../../shared/table/challenge-store.ts';
import type { StartNotice } from './start-notice.ts';
import { countFailure, passUser, type UserDependencies } from './user-failures.ts';

export interface AnswerRequest extends RoundReference {
  readonly userId: string;
  /** The address that the user has now, by Cognito's event. */
  readonly email: string;
  /** The app client that the answer came through. Only it gets tokens for the right code. */
  readonly clientId: string;
  readonly answer: unknown;
  /** The id of the Lambda request, for the trail. */
  readonly requestId: string;
  readonly claims: Claims;
  /** Undefined: users get no notices. */
  readonly startNotice?: StartNotice | undefined;
}

/**
 * `unreadable`: the answer cannot be a code, so it uses a round but no attempt. `closed`: the challenge was over, or other
 * answers at the same time used its last attempt. `locked`: the code is right, but the user is locked.
 */
export type AnswerOutcome = 'verified' | 'wrong' | 'exhausted' | 'unreadable' | 'closed' | 'locked';

export interface Dependencies extends UserDependencies {
  readonly keyFor: KeySource;
  readonly addressKey: AddressKeySource;
  readonly now: () => number;
  readonly limits: UserDependencies['limits'] & Pick<Limits, 'codeLength' | 'maxAttempts'>;
}

export const COMPONENT = 'verify-auth-challenge';

/** Returns `verified` only if the code is right and was not used before. */
export const checkAnswer = async (deps: Dependencies, request: AnswerRequest): Promise<AnswerOutcome> => {
  const { codeLength, maxAttempts } = deps.limits;
  const candidate = readAnswer(request.answer, codeLength);
  if (candidate === undefined) return 'unreadable';

  const { userId, challengeId, round, requestId, clientId, claims } = request;
  const code = deriveCode(await deps.keyFor(challengeId), { userId, challengeId }, codeLength);
  const addressHash = hashAddress(await deps.addressKey(), request.email);
  const now = deps.now();
  const at = new Date(now).toISOString();
  const fact = { at, by: COMPONENT, round, request: requestId, client: clientId, ...claims };
  const answer = { userId, challengeId, round, addressHash, now, maxAttempts, fact };
  const right = isSameCode(candidate, code);

  const decision = await decide(deps.challenges, answer, right, request.attempts);
  const { outcome, isRefused } = decision;
  if (decision.isNew) measureDecision(deps.measure, decision, Math.max(0, now - createdAt(challengeId)));
  if (outcome === 'verified') return !isRefused && (await passUser(deps, answer)) ? 'verified' : 'locked';
  if (outcome !== 'closed') await countFailure(deps, answer, request, outcome === 'exhausted');
  return outcome;
};

const measureDecision = (measure: Measure, { outcome, isUnmailed }: Decision, age: number): void => {
  if (outcome === 'verified') measure({ ChallengeVerified: 1, TimeToVerified: age });
  if (outcome === 'wrong') measure({ AnswerWrong: 1 });
  if (outcome === 'exhausted')
    measure({ AnswerWrong: 1, ChallengeExhausted: 1, ...(isUnmailed && { NeverMailed: 1 }) });
};

interface Decision {
  readonly outcome: 'verified' | 'wrong' | 'exhausted' | 'closed';
  /** Whether this call's write made the decision, and not Cognito's earlier call for the same round. */
  readonly isNew: boolean;
  /** Whether an earlier call for the same round found the user locked. */
  readonly isRefused?: boolean;
  /** Whether the challenge was exhausted before any mail of it had left. */
  readonly isUnmailed?: boolean;
}

/**
 * One write counts and decides. It has two forms, because the last attempt also closes the challenge; the attempts that
 * create-auth-challenge saw show which form to try first. The calls and their order are the same for right and wrong
 * answers. So of many answers at once, no more than `maxAttempts` are judged, and a right one has no better chance.
 */
const decide = async (
  challenges: ChallengeStore,
  answer: Answer,
  right: boolean,
  attemptsSeen: number,
): Promise<Decision> => {
  const seesLast = attemptsSeen + 1 >= answer.maxAttempts;
  for (let form: AttemptForm = seesLast ? 'last' : 'notLast'; ; form = 'last') {
    const decision = right ? await consume(challenges, answer, form) : await count(challenges, answer, form);
    if (decision !== undefined) return decision;
    const challenge = await challenges.read(answer);
    const counted = countedBefore(challenge, answer);
    if (counted !== undefined) return counted;
    // Other answers may have been counted meanwhile, so that this one is the last.
    if (challenge === undefined || isOver(challenge, answer) || form === 'last') {
      return { outcome: 'closed', isNew: false };
    }
  }
};

/** A challenge for an address that the user no longer has is over, even for the right code. */
const isOver = (challenge: Challenge, { addressHash, now, maxAttempts }: Answer): boolean =>
  !isLive(challenge, now, maxAttempts) || (challenge.addressHash ?? addressHash) !== addressHash;

const consume = async (
  challenges: ChallengeStore,
  answer: Answer,
  form: AttemptForm,
): Promise<Decision | undefined> => {
  const consumed = await challenges.consume(answer, form);
  if (consumed === undefined) return undefined;
  const { VERIFIED, REFUSED } = consumed.events;
  const isNew = VERIFIED?.request === answer.fact.request;
  return { outcome: 'verified', isNew, isRefused: REFUSED !== undefined };
};

const count = async (
  challenges: ChallengeStore,
  answer: Answer,
  form: AttemptForm,
): Promise<Decision | undefined> => {
  const counted = await challenges.countAttempt(answer, form);
  if (counted === undefined) return undefined;
  if (form === 'notLast') return { outcome: 'wrong', isNew: true };
  return { outcome: 'exhausted', isNew: true, isUnmailed: neverMailed(counted) };
};

/**
 * The round shows whether the answer was counted before: by an earlier call of Cognito, or by this call's first try, whose
 * response was lost.
 */
const countedBefore = (challenge: Challenge | undefined, { round, fact }: Answer): Decision | undefined => {
  const { EXHAUSTED, [attemptName(round)]: counted } = challenge?.events ?? {};
  if (counted === undefined) return undefined;
  // A later answer may have exhausted the challenge in the meantime.
  const outcome = EXHAUSTED?.round === round ? 'exhausted' : 'wrong';
  const isUnmailed = challenge !== undefined && neverMailed(challenge);
  return { outcome, isNew: counted.request === fact.request, isUnmailed };
};
