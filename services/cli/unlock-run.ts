/** One run of `npm run unlock`: read, write it down, unlock, tell. */
import type { ChallengeId } from '../../shared/challenge.ts';
import { type Guard, lockedUntil } from '../../shared/policy.ts';
import { failureWords, guardStanding, lockWords } from './guard-standing.ts';
import { GuardChangedError, NotLockedError, UnknownUserError } from './unlock-errors.ts';
import type { UnlockOptions } from './unlock-options.ts';
import type { UnlockSource } from './unlock-source.ts';

type Request = Pick<UnlockOptions, 'userId' | 'reason'>;

/** Races are lost to answers and sign-ins of the same user. */
const MAX_TRIES = 3;

const newestChallenge = async ({ trail }: UnlockSource, userId: string): Promise<ChallengeId | undefined> => {
  for await (const { challengeId } of trail.ofUser({ userId, limit: 1 })) return challengeId;
  return undefined;
};

/**
 * Before the guard is written, so that nobody is unlocked without a word of it. A run that ends between the two is repeated
 * under the same name, and writes no second fact. Answers where the fact is; undefined where no challenge is kept.
 */
const writeDown = async (
  source: UnlockSource,
  { userId, reason }: Request,
  { version, consecutiveFailures }: Guard,
): Promise<ChallengeId | undefined> => {
  const challengeId = await newestChallenge(source, userId);
  if (challengeId === undefined) return undefined;
  const at = new Date(source.now).toISOString();
  const fact = { at, by: 'unlock', failures: consecutiveFailures, reason };
  const stands = await source.challenges.note({ userId, challengeId }, `UNLOCKED#${version}`, fact);
  return stands && challengeId;
};

const toReport = (userId: string, before: string, after: string, challengeId?: ChallengeId): string =>
  [
    `User ${userId}, times in UTC`,
    `  before: ${before}`,
    `  now:    ${after}`,
    challengeId === undefined
      ? '  No challenge of this user is kept any more, so the trail has no place for this: keep these lines.'
      : `  The trail of challenge ${challengeId} says so.`,
  ].join('\n');

/** Answers what was found and done. Throws `UnknownUserError`, `NotLockedError`, `GuardChangedError`, and what AWS refuses. */
export const unlock = async (source: UnlockSource, request: Request): Promise<string> => {
  const { guards, limits, now } = source;
  const { userId } = request;
  const standing = (guard: Guard) => guardStanding(guard, now, limits) ?? 'no wrong codes in a row';
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const guard = await guards.readGuard(userId);
    if (guard.version === 0) {
      throw new UnknownUserError(
        "Nobody with this sub has ever asked for a code. npm run audit -- --user <email> shows a user's sub.",
      );
    }
    const until = lockedUntil(guard, now, limits);
    if (until === undefined) {
      throw new NotLockedError(`User ${userId} is not locked: ${standing(guard)}. Nothing was changed.`);
    }
    const challengeId = await writeDown(source, request, guard);
    const unlocked = await guards.unlock(userId, guard);
    if (unlocked !== undefined) {
      const before = `${lockWords(until)}; ${failureWords(guard)}`;
      return toReport(userId, before, standing(unlocked), challengeId);
    }
  }
  throw new GuardChangedError(
    `The answers of user ${userId} kept coming in, so they are still locked. The trail tells of the tries. Run the command again.`,
  );
};
