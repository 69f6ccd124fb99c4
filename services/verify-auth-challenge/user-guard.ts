/** What an answer means for the user beyond its challenge: failures are counted across sign-ins, and enough of them lock. */
import type { Fact, GuardFact } from '../../shared/domain/challenge.ts';
import { type LockLimits, lockedUntil } from '../../shared/domain/policy.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import type { Answer, ChallengeStore } from '../../shared/table/challenge-store.ts';
import { GuardContended, type GuardStore } from '../../shared/table/guard-store.ts';

export interface GuardDependencies {
  readonly challenges: ChallengeStore;
  readonly guards: GuardStore;
  readonly measure: Measure;
  readonly limits: LockLimits;
}

/** Races are lost to other answers of the same user; more in a row than this is no longer an honest user's. */
const MAX_TRIES = 3;

/**
 * A right code clears the count, unless the user is locked. One write for everybody whose count locks nobody; whoever has
 * more is looked at first. Throws `GuardContended` when other answers keep changing the guard: then nothing was cleared, and
 * no token given.
 */
export const passGuard = async (deps: GuardDependencies, answer: Answer): Promise<boolean> => {
  const { guards, limits } = deps;
  const { userId, challengeId, now } = answer;
  const failuresBelow = Math.min(limits.lockThreshold, limits.maxFailures);
  if (await guards.clearFailures(userId, challengeId, { failuresBelow })) return true;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const guard = await guards.readGuard(userId);
    if (guard.version === 0) return true; // Nobody has counted anything.
    const until = lockedUntil(guard, now, limits);
    if (until !== undefined) {
      if (await noteLock(deps, answer, 'REFUSED', until)) deps.measure({ RefusedLocked: 1 });
      return false;
    }
    if (await guards.clearFailures(userId, challengeId, { version: guard.version })) return true;
  }
  throw new GuardContended();
};

/** A wrong code counts against the user, and from the threshold on locks them. */
export const countFailure = async (
  deps: GuardDependencies,
  answer: Answer,
  exhausted: boolean,
): Promise<void> => {
  const { userId, challengeId, round, now } = answer;
  const { limits } = deps;
  const failure = { challengeId, round, now, exhausted, maxFailures: limits.maxFailures };
  const guard = await deps.guards.countFailure(userId, failure);
  const until = guard && lockedUntil(guard, now, limits);
  if (until !== undefined && (await noteLock(deps, answer, 'LOCKED', until))) deps.measure({ UserLocked: 1 });
};

/** Whether this call wrote the fact, and not an earlier one. */
const noteLock = async (
  { challenges }: GuardDependencies,
  { userId, challengeId, fact: { at, by, round = '', request = '' } }: Answer,
  name: GuardFact,
  until: number,
): Promise<boolean> => {
  const fact: Fact = { at, by, round, request, until: lockEnd(until) };
  return (await challenges.note({ userId, challengeId }, name, fact))?.request === request;
};

const lockEnd = (until: number): string =>
  Number.isFinite(until) ? new Date(until).toISOString() : 'unlocked';
