/** One run of `npm run unlock`: read, write it down, unlock, tell. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import type { ChallengeId } from '../../shared/domain/challenge.ts';
import { lockedUntil, type UserRecord } from '../../shared/domain/policy.ts';
import { failureWords, lockWords, userStanding } from '../common/user-standing.ts';
import type { UnlockOptions } from './options.ts';
import type { UnlockSource } from './source.ts';

type Request = Pick<UnlockOptions, 'userId' | 'reason'>;

/** Races are lost to answers and sign-ins of the same user. */
const MAX_TRIES = 3;

const newestChallenge = async ({ trail }: UnlockSource, userId: string): Promise<ChallengeId | undefined> => {
  for await (const { challengeId } of trail.ofUser({ userId, limit: 1 })) return challengeId;
  return undefined;
};

/**
 * Before the user record is written, so that nobody is unlocked without a word of it. A run that ends between the two is repeated
 * under the same name, and writes no second fact. Answers where the fact is; undefined where no challenge is kept.
 */
const writeDown = async (
  source: UnlockSource,
  { userId, reason }: Request,
  { version, consecutiveFailures }: UserRecord,
): Promise<ChallengeId | undefined> => {
  const challengeId = await newestChallenge(source, userId);
  if (challengeId === undefined) return undefined;
  const at = new Date(source.now).toISOString();
  const fact = { at, by: 'unlock', failures: consecutiveFailures, reason };
  const stands = await source.challenges.note({ userId, challengeId }, `UNLOCKED#${version}`, fact);
  return stands && challengeId;
};

interface Try {
  /** As it was read, before the write. */
  readonly userRecord: UserRecord;
  readonly lockedUntil: number;
  readonly challengeId: ChallengeId | undefined;
}

const standing = ({ now, limits }: UnlockSource, userRecord: UserRecord): string =>
  userStanding(userRecord, now, limits) ?? 'no wrong codes in a row';

const toReport = (
  source: UnlockSource,
  userId: string,
  { userRecord, lockedUntil, challengeId }: Try,
  unlocked: UserRecord,
): string =>
  [
    `User ${userId}, times in UTC`,
    `  before: ${lockWords(lockedUntil)}; ${failureWords(userRecord)}`,
    `  now:    ${standing(source, unlocked)}`,
    challengeId === undefined
      ? '  No challenge of this user is kept any more, so the trail has no place for this: keep these lines.'
      : `  The trail of challenge ${challengeId} says so.`,
  ].join('\n');

/** Epoch milliseconds, or infinite. Throws where there is no lock to end. */
const lockEnd = (source: UnlockSource, userId: string, userRecord: UserRecord): number => {
  if (userRecord.version === 0) {
    throw new CommandError(
      "Nobody with this sub has ever asked for a code. npm run audit -- --user <email> shows a user's sub.",
      EXIT.notFound,
    );
  }
  const until = lockedUntil(userRecord, source.now, source.limits);
  if (until === undefined) {
    throw new CommandError(
      `User ${userId} is not locked: ${standing(source, userRecord)}. Nothing was changed.`,
      EXIT.refused,
    );
  }
  return until;
};

/** Whether the write of the last try went through although its answer was lost: nothing else takes a locked user's count back. */
const isDone = (last: Try, { version, consecutiveFailures }: UserRecord): boolean =>
  version === last.userRecord.version + 1 && consecutiveFailures === 0;

/** Returns what was found and done. Throws `CommandError`, and what AWS refuses. */
export const unlock = async (source: UnlockSource, request: Request): Promise<string> => {
  const { userId } = request;
  let last: Try | undefined;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const userRecord = await source.users.readUserRecord(userId);
    if (last !== undefined && isDone(last, userRecord)) return toReport(source, userId, last, userRecord);
    const until = lockEnd(source, userId, userRecord);
    last = { userRecord, lockedUntil: until, challengeId: await writeDown(source, request, userRecord) };
    const unlocked = await source.users.unlock(userId, userRecord);
    if (unlocked !== undefined) return toReport(source, userId, last, unlocked);
  }
  throw new CommandError(
    `The answers of user ${userId} kept coming in, so they are still locked. The trail tells of the tries. Run the command again.`,
    EXIT.failed,
  );
};
