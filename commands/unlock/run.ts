/** One run of `npm run unlock`: read, record, unlock, report. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import type { ChallengeId } from '../../shared/domain/challenge.ts';
import { lockedUntil, type UserRecord } from '../../shared/domain/policy.ts';
import { failureWords, lockWords, userStanding } from '../common/user-standing.ts';
import type { UnlockOptions } from './options.ts';
import type { UnlockSource } from './source.ts';

type Request = Pick<UnlockOptions, 'userId' | 'reason'>;

/** A try fails if an answer or a sign-in of the same user writes the user record at the same time. */
const MAX_TRIES = 3;

const newestChallenge = async ({ trail }: UnlockSource, userId: string): Promise<ChallengeId | undefined> => {
  for await (const { challengeId } of trail.ofUser({ userId, limit: 1 })) return challengeId;
  return undefined;
};

/**
 * Writes the fact to the trail, before the user record is written, so that nobody is unlocked without a fact. If a run
 * ends between the two writes, the next one uses the same name and writes no second fact. Returns the id of the challenge
 * that has the fact, or undefined if no challenge of the user is kept.
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
  /** The user record as it was read, before the write. */
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

/** Returns the end of the lock in epoch milliseconds, or infinite. Throws `CommandError` if there is no lock. */
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

/** True if the last try has written although its response was lost: nothing else lowers the count of a locked user. */
const isDone = (last: Try, { version, consecutiveFailures }: UserRecord): boolean =>
  version === last.userRecord.version + 1 && consecutiveFailures === 0;

/** Returns a report of what was found and done. Throws `CommandError`, and the errors of AWS. */
export const unlock = async (source: UnlockSource, request: Request): Promise<string> => {
  const { userId } = request;
  let last: Try | undefined;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const userRecord = await source.users.readUserRecord(userId);
    if (last !== undefined && isDone(last, userRecord)) return toReport(source, userId, last, userRecord);
    const until = lockEnd(source, userId, userRecord);
    last = { userRecord, lockedUntil: until, challengeId: await writeDown(source, request, userRecord) };
    const unlocked = await source.users.unlock(userId, userRecord, { mails: false });
    if (unlocked !== undefined) return toReport(source, userId, last, unlocked);
  }
  throw new CommandError(
    `The answers of user ${userId} kept coming in, so they are still locked. The trail shows the tries. Run the command again.`,
    EXIT.failed,
  );
};
