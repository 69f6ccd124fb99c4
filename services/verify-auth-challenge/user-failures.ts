/** Counts a user's wrong answers across sign-ins, and finds whether the user is locked. */
import type { Fact, UserFact } from '../../shared/domain/challenge.ts';
import type { NoticeKind } from '../../shared/domain/notices/notice.ts';
import { failuresLockUntil, type LockLimits, lockedUntil } from '../../shared/domain/policy.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import type { Answer, ChallengeStore } from '../../shared/table/challenge-store.ts';
import { type Failure, GuardContended, type UserStore } from '../../shared/table/user-store.ts';
import { countWithNotice } from './count-with-notice.ts';
import type { StartNotice } from './start-notice.ts';

export interface UserDependencies {
  readonly challenges: ChallengeStore;
  readonly users: UserStore;
  readonly measure: Measure;
  readonly limits: LockLimits;
}

interface Notices {
  /** The notice that create-auth-challenge expected. */
  readonly notice?: NoticeKind;
  /** Undefined: users get no notices. */
  readonly startNotice?: StartNotice | undefined;
}

/** A try fails if another answer of the same user is written first. An honest user does not cause more failed tries than this. */
const MAX_TRIES = 3;

/**
 * Clears the count after a right code. Returns false if the user is locked. If the count is too low for a lock, one write
 * is enough; otherwise the record is read first. Throws `GuardContended` if other answers keep changing the user record;
 * then nothing was cleared, and no tokens are given.
 */
export const passUser = async (deps: UserDependencies, answer: Answer): Promise<boolean> => {
  const { users, limits } = deps;
  const { userId, challengeId, now } = answer;
  const failuresBelow = Math.min(limits.lockThreshold, limits.maxFailures);
  if (await users.clearFailures(userId, challengeId, { failuresBelow, now })) return true;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const userRecord = await users.readUserRecord(userId);
    if (userRecord.version === 0) return true; // There is nothing to clear.
    const until = lockedUntil(userRecord, now, limits);
    if (until !== undefined) {
      if (await noteLock(deps, answer, 'REFUSED', until)) deps.measure({ RefusedLocked: 1 });
      return false;
    }
    if (await users.clearFailures(userId, challengeId, { read: userRecord })) return true;
  }
  throw new GuardContended();
};

/** Counts a wrong code; from the threshold on, each one that counts locks the user. Starts the notice that is due then. */
export const countFailure = async (
  deps: UserDependencies,
  answer: Answer,
  { notice: expected, startNotice }: Notices,
  exhausted: boolean,
): Promise<void> => {
  const { userId, challengeId, round, now } = answer;
  const failure: Failure = { challengeId, round, now, exhausted, limits: deps.limits };
  const { userRecord, notice } = startNotice
    ? await countWithNotice(deps.users, userId, failure, expected)
    : { userRecord: await deps.users.countFailure(userId, failure) };
  // A report may keep the user out as well, but that is no lock of this answer's.
  const until = userRecord && failuresLockUntil(userRecord, now, deps.limits);
  if (until !== undefined && (await noteLock(deps, answer, 'LOCKED', until))) deps.measure({ UserLocked: 1 });
  if (notice !== undefined) await startNotice?.(notice, answer.addressHash);
};

/** Records the fact. Returns false if an earlier call has already recorded it. */
const noteLock = async (
  { challenges }: UserDependencies,
  { userId, challengeId, fact: { at, by, round = '', request = '' } }: Answer,
  name: UserFact,
  until: number,
): Promise<boolean> => {
  const fact: Fact = { at, by, round, request, until: lockEnd(until) };
  return (await challenges.note({ userId, challengeId }, name, fact))?.request === request;
};

const lockEnd = (until: number): string =>
  Number.isFinite(until) ? new Date(until).toISOString() : 'unlocked';
