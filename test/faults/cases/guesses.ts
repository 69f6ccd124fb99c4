/** 200 answers at once to one challenge, one of them right. */
import type { Invocation } from '../../../local/ground/service.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import { mostByChance } from '../support/judge/binomial.ts';
import { describeFinalState, type FinalState } from '../support/judge/final-state.ts';
import { type GuessedAt, type Guessing, startGuessing } from '../support/judge/guessing.ts';
import { brokenInvariants } from '../support/judge/invariants.ts';
import type { FaultCase } from '../support/play/fault-case.ts';
import type { Played, Violation } from '../support/play/play-case.ts';
import { createRandom, type Random } from '../support/play/random.ts';

const ANSWERS = 200;

export interface GuessCase extends Pick<FaultCase, 'name' | 'invariant' | 'rounds'> {
  /** The round to which the n-th answer belongs. */
  readonly roundOf: (n: number) => string;
  /** How many of the answers may be judged. */
  readonly judged: number;
}

export const GUESSES: GuessCase = {
  name: '200 guesses at once, one of them right',
  invariant: 'verified as often as by 5 guesses of 200, never twice, and never more than 5 are counted',
  rounds: 300,
  roundOf: (n) => `round-${n}`.padEnd(16, '-'),
  judged: LIMITS.maxAttempts.default,
};

/** As if Cognito accepted more than one answer to a session. */
export const GUESSES_IN_ONE_ROUND: GuessCase = {
  name: '200 guesses at once in one round, one of them right',
  invariant: 'verified as often as by 1 guess of 200, never twice, and never more than 1 is counted',
  rounds: 25,
  roundOf: () => 'the-only-round--',
  judged: 1,
};

const wrongAnswer = (code: string, random: Random): string => {
  const answer = String(random.whole(0, 999_999)).padStart(6, '0');
  return answer === code ? `${code.slice(1)}${(Number(code[0]) + 1) % 10}` : answer;
};

/** How many answers verify called right. */
const playTrial = async (
  guessing: Guessing,
  roundOf: GuessCase['roundOf'],
  at: GuessedAt,
  random: Random,
): Promise<number> => {
  const right = random.whole(0, ANSWERS - 1);
  const outcomes = await Promise.all(
    Array.from({ length: ANSWERS }, (_, n) =>
      guessing.guess(at, roundOf(n), n === right ? at.code : wrongAnswer(at.code, random)),
    ),
  );
  return outcomes.filter(isRight).length;
};

const isRight = (outcome: Invocation): boolean =>
  outcome.kind === 'returned' &&
  (outcome.payload as { readonly response: { readonly answerCorrect: boolean } }).response.answerCorrect;

/** On a slow machine verify may not return in time; then only the item shows what it decided. */
const judgeTrial = (
  judged: number,
  round: number,
  right: number,
  final: FinalState,
): readonly Violation[] => {
  const [challenge] = final.challenges;
  const isVerified = challenge?.outcome === 'VERIFIED';
  const counted = (challenge?.attempts ?? 0) + (isVerified ? 1 : 0);
  const problems = [
    ...(right <= (isVerified ? 1 : 0)
      ? []
      : [`${right} answers were right of a challenge ${challenge?.outcome}`]),
    ...(counted <= judged ? [] : [`${counted} answers were judged`]),
    ...brokenInvariants(final),
  ];
  return problems.length === 0 ? [] : [{ round, problems, left: describeFinalState(final) }];
};

/** Plays the trials one after the other. The answers of each trial run in parallel. */
export const playGuesses = async (
  { name, roundOf, judged }: GuessCase,
  templateFolder: string,
  seed: number,
  trials: number,
): Promise<Played> => {
  const started = performance.now();
  const guessing = await startGuessing(templateFolder);
  const violations: Violation[] = [];
  let verified = 0;
  for (let round = 1; round <= trials; round += 1) {
    const random = createRandom(seed, name, round);
    const at = await guessing.challenge(random.uuid());
    const right = await playTrial(guessing, roundOf, at, random);
    const final = await guessing.final(at);
    violations.push(...judgeTrial(judged, round, right, final));
    verified += final.challenges.filter(({ outcome }) => outcome === 'VERIFIED').length;
  }
  await guessing.close();
  const most = mostByChance(trials, judged / ANSWERS);
  console.log(`${verified} of ${trials} trials verified, at most ${most} are believable; seed ${seed}`);
  if (verified > most) violations.push({ problems: [`${verified} of ${trials} were verified`], left: '' });
  return { rounds: trials, seconds: (performance.now() - started) / 1000, voidTakes: 0, violations };
};
