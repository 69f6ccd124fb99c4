/** Somebody who has the password and not the mailbox guesses, in many sessions at once, when a lock ends or is near. */
import { LIMITS, MAX_LOCK_SECONDS } from '../../../shared/domain/limits.ts';
import { codeOf } from '../../support/system/local-system.ts';
import {
  countFacts,
  differences,
  type FinalState,
  kindOf,
  type StoredChallenge,
  userItemOf,
} from '../support/judge/final-state.ts';
import type { FaultCase, Round } from '../support/play/fault-case.ts';
import { isSignedIn, orRefusal } from '../support/sign-in.ts';
import type { Cognito, Losses, Person } from '../support/world/cognito.ts';
import { writeUserRecord } from '../support/world/user-record.ts';

const THRESHOLD = LIMITS.lockThreshold.default;
const MOST_FAILURES = LIMITS.maxFailures.default;
/** A user gets no more challenges than this, so there are no more to guess at. */
const MOST_CHALLENGES = LIMITS.sendsPerWindow.default;

const lockMs = (failures: number): number =>
  failures < THRESHOLD
    ? 0
    : Math.min(LIMITS.lockDuration.default * 60 * 2 ** (failures - THRESHOLD), MAX_LOCK_SECONDS) * 1000;

/** Writes that the user has given so many wrong codes, and that the lock after the last one ends now. */
const hadFailures = ({ world }: Round, person: Person, failures: number): Promise<void> =>
  writeUserRecord(world, person, {
    version: 1,
    latest: {},
    orders: {},
    failedRounds: new Set(Array.from({ length: failures }, (_, n) => `earlier-${n + 1}`)),
    lastFailureAt: world.system.clock.now() - lockMs(failures),
  });

const MOST_ROUNDS = 8;

/** Answers in one session until it is refused. Returns whether there were tokens. */
const guess = async (cognito: Cognito, person: Person, answer: string): Promise<boolean> => {
  let step = await orRefusal(cognito.prove(person));
  for (let rounds = 0; rounds < MOST_ROUNDS && typeof step !== 'string' && !isSignedIn(step); rounds += 1) {
    step = await orRefusal(cognito.answer(person, step, answer));
  }
  return typeof step !== 'string' && isSignedIn(step);
};

/** Cognito may repeat the call whose answer counted; then the lock begins with the last repeat. */
const REPEATED_MS = 10_000;

const attemptsOf = ({ events }: StoredChallenge): readonly string[] =>
  Object.keys(events).filter((name) => kindOf(name) === 'attempt');

/** Which guesses were judged, which counted, and how long the lock is. `before` is the number of failures before the burst. */
const judgeBurst = (final: FinalState, before: number): readonly string[] => {
  const { failedRounds = new Set<string>(), lastFailureAt = 0 } = userItemOf(final);
  const judged = countFacts(final, 'attempt');
  const isLocking = before >= THRESHOLD;
  const perChallenge = isLocking ? 1 : LIMITS.maxAttempts.default;
  const counted = isLocking ? Math.min(1, judged) : Math.min(THRESHOLD - before, judged);
  const times = final.challenges.flatMap((challenge) =>
    attemptsOf(challenge)
      .filter((name) => failedRounds.has(name.replace('attempt#', '')))
      .map((name) => Date.parse(challenge.events[name]?.at ?? '')),
  );
  return [
    ...(judged > 0 ? [] : ['no guess was judged']),
    ...(judged <= MOST_CHALLENGES * perChallenge ? [] : [`${judged} guesses were judged`]),
    ...final.challenges
      .filter((challenge) => attemptsOf(challenge).length > perChallenge)
      .map((challenge) => `a challenge took ${attemptsOf(challenge).length} guesses`),
    ...(failedRounds.size === before + counted ? [] : [`${failedRounds.size} failures after ${before}`]),
    ...(lastFailureAt >= Math.min(...times) && lastFailureAt <= Math.max(...times) + REPEATED_MS
      ? []
      : ['the lock does not begin with a failure that counts']),
  ];
};

const losing =
  ({ random }: Round): Losses =>
  (trigger) =>
    trigger === 'VerifyAuthChallengeResponse' && random.chance(0.1) ? [random.pick([0, 500])] : [];

const BURST: FaultCase = {
  name: 'many sessions guess at once when a lock ends or is near',
  invariant:
    'from the threshold on each challenge takes one guess, one guess counts, and nothing makes the lock longer',
  rounds: 60,
  inParallel: 4,
  play: async (round) => {
    const { random } = round;
    const person = round.person();
    const near = random.whole(THRESHOLD - 4, THRESHOLD - 1);
    const before = random.pick([
      near,
      THRESHOLD,
      random.whole(THRESHOLD, MOST_FAILURES - 1),
      MOST_FAILURES - 1,
    ]);
    await hadFailures(round, person, before);
    const cognito = round.cognito(losing(round));
    const answer = String(random.whole(0, 999_999)).padStart(LIMITS.codeLength.default, '0');
    const sessions = Array.from({ length: random.whole(3, 6) }, () => guess(cognito, person, answer));
    await Promise.all(sessions);
    const later = await orRefusal(cognito.prove(person));
    return (final) => {
      // One guess in a million is right.
      if (final.mails.some((mail) => codeOf(mail) === answer)) return [];
      return [
        ...(later === 'UserLambdaValidationException' ? [] : ['the user is not locked']),
        ...judgeBurst(final, before),
        ...differences(final, { verified: 0, spent: 0 }),
      ];
    };
  },
};

export const BURSTS: readonly FaultCase[] = [BURST];
