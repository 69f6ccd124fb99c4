/** Decides an answer: compare locally, then let one conditional write count it, then settle the user's guard. */
import { readAnswer } from '../../shared/answer.ts';
import { type Challenge, type ChallengeId, isLive } from '../../shared/challenge.ts';
import type { Answer, ChallengeStore } from '../../shared/challenge-store.ts';
import { deriveCode, isSameCode } from '../../shared/code.ts';
import type { GuardStore } from '../../shared/guard-store.ts';
import type { KeySource } from '../../shared/keyring.ts';

export interface AnswerRequest {
  readonly userId: string;
  readonly challengeId: ChallengeId;
  readonly round: string;
  /** Attempts so far as create-auth-challenge saw them: saves a read, decides nothing. */
  readonly attempts: number;
  readonly answer: unknown;
}

/**
 * `unreadable`: could not be a code, so it costs a round but no attempt. `closed`: the challenge was over, or counted
 * out by answers that arrived at the same time.
 */
export type AnswerOutcome = 'verified' | 'wrong' | 'exhausted' | 'unreadable' | 'closed';

export interface Dependencies {
  readonly challenges: ChallengeStore;
  readonly guards: GuardStore;
  readonly keyFor: KeySource;
  readonly now: () => number;
  readonly codeLength: number;
  readonly maxAttempts: number;
}

const COMPONENT = 'verify-auth-challenge';

/** Only `verified` means that the code was right and had not been used before. */
export const checkAnswer = async (deps: Dependencies, request: AnswerRequest): Promise<AnswerOutcome> => {
  const candidate = readAnswer(request.answer, deps.codeLength);
  if (candidate === undefined) return 'unreadable';

  const { userId, challengeId, round } = request;
  const code = deriveCode(await deps.keyFor(challengeId), { userId, challengeId }, deps.codeLength);
  const now = deps.now();
  const answer = { userId, challengeId, round, now, maxAttempts: deps.maxAttempts, by: COMPONENT };

  if (isSameCode(candidate, code)) {
    if (!(await deps.challenges.consume(answer))) return 'closed';
    await deps.guards.clearFailures(userId, challengeId);
    return 'verified';
  }
  const outcome = await countWrongAnswer(deps, answer, request.attempts);
  if (outcome !== 'closed') {
    const exhausted = outcome === 'exhausted';
    await deps.guards.countFailure(userId, { challengeId, round, now, exhausted });
  }
  return outcome;
};

/**
 * The write names the number of attempts that it expects, so that the last one can also exhaust the challenge. When
 * other answers came first it is repeated with what is stored; each repeat means that the count has risen, so there
 * are at most `maxAttempts` of them.
 */
const countWrongAnswer = async (
  { challenges, maxAttempts }: Dependencies,
  answer: Answer,
  expected: number,
): Promise<'wrong' | 'exhausted' | 'closed'> => {
  let attempts = expected;
  for (;;) {
    if (await challenges.countAttempt(answer, attempts)) {
      return attempts + 1 >= maxAttempts ? 'exhausted' : 'wrong';
    }
    const challenge = await challenges.read(answer);
    if (challenge === undefined) return 'closed';
    if (wasCounted(challenge, answer.round)) {
      return challenge.outcome === 'EXHAUSTED' ? 'exhausted' : 'wrong';
    }
    if (!isLive(challenge, answer.now, maxAttempts)) return 'closed';
    attempts = challenge.attempts;
  }
};

/** Cognito repeats a call whose answer it lost; the round tells. */
const wasCounted = ({ events }: Challenge, round: string): boolean =>
  Object.entries(events).some(([name, fact]) => name.startsWith('attempt#') && fact.round === round);
