/** Unlocks a user for an operator: read, record, unlock, report. The command `unlock` and the local system's page do this. */
import { CommandError, EXIT } from '../command/failure.ts';
import type { ChallengeId } from '../domain/challenge.ts';
import { DAY_SECONDS } from '../domain/limits.ts';
import { countedSince } from '../domain/orders.ts';
import { lockedUntil, type UserLimits, type UserRecord } from '../domain/policy.ts';
import { count } from '../words/times.ts';
import { userStanding } from '../words/user-standing.ts';
import type { ChallengeStore } from './challenge-store.ts';
import type { Trail } from './trail.ts';
import type { UserStore } from './user-store.ts';

/** What an unlocking reads and writes. */
export interface UnlockStores {
  readonly users: Pick<UserStore, 'readUserRecord' | 'unlock'>;
  readonly challenges: Pick<ChallengeStore, 'note'>;
  readonly trail: Pick<Trail, 'ofUser'>;
  readonly limits: UserLimits;
  /** The time as the service sees it, in epoch milliseconds. */
  readonly now: number;
}

export interface UnlockRequest {
  readonly userId: string;
  /** Why the user is unlocked, as `readReason` returns it. The trail keeps it. */
  readonly reason: string;
  /** Whether to remove the mails that count against the user's limits, too. */
  readonly mails: boolean;
}

/** A try fails if an answer or a sign-in of the same user writes the user record at the same time. */
const MAX_TRIES = 3;

/** How many mails count against the user's limits. */
const countedMails = ({ now }: UnlockStores, userRecord: UserRecord): number =>
  countedSince(userRecord, now - DAY_SECONDS * 1000);

const newestChallenge = async ({ trail }: UnlockStores, userId: string): Promise<ChallengeId | undefined> => {
  for await (const { challengeId } of trail.ofUser({ userId, limit: 1 })) return challengeId;
  return undefined;
};

/**
 * Writes the fact to the trail, before the user record is written, so that nobody is unlocked without a fact. If a run
 * ends between the two writes, the next one uses the same name and writes no second fact. Returns the id of the challenge
 * that has the fact, or undefined if no challenge of the user is kept.
 */
const writeDown = async (
  source: UnlockStores,
  { userId, reason, mails }: UnlockRequest,
  userRecord: UserRecord,
): Promise<ChallengeId | undefined> => {
  const challengeId = await newestChallenge(source, userId);
  if (challengeId === undefined) return undefined;
  const at = new Date(source.now).toISOString();
  const { version, consecutiveFailures: failures } = userRecord;
  const fact = {
    at,
    by: 'unlock',
    failures,
    reason,
    ...(mails && { mails: countedMails(source, userRecord) }),
  };
  const stands = await source.challenges.note({ userId, challengeId }, `UNLOCKED#${version}`, fact);
  return stands && challengeId;
};

interface Try {
  /** The user record as it was read, before the write. */
  readonly userRecord: UserRecord;
  readonly challengeId: ChallengeId | undefined;
}

const standing = ({ now, limits }: UnlockStores, userRecord: UserRecord): string =>
  userStanding(userRecord, now, limits) ?? 'no wrong codes in a row';

const toReport = (
  source: UnlockStores,
  userId: string,
  { userRecord, challengeId }: Try,
  unlocked: UserRecord,
): string => {
  const removed = countedMails(source, userRecord) - countedMails(source, unlocked);
  return [
    `User ${userId}, times in UTC`,
    `  before: ${standing(source, userRecord)}`,
    `  now:    ${standing(source, unlocked)}`,
    ...(removed === 0
      ? []
      : [`  ${count(removed, 'mail counts', 'mails count')} no more against the limits.`]),
    challengeId === undefined
      ? '  No challenge of this user is kept any more, so the trail has no place for this: keep these lines.'
      : `  The trail of challenge ${challengeId} says so.`,
  ].join('\n');
};

/** Throws `CommandError` if there is nothing to end. */
const refuseNeedless = (
  source: UnlockStores,
  { userId, mails }: UnlockRequest,
  userRecord: UserRecord,
): void => {
  if (userRecord.version === 0) {
    throw new CommandError('This user has never asked for a code.', EXIT.notFound);
  }
  if (lockedUntil(userRecord, source.now, source.limits) !== undefined) return;
  if (mails && countedMails(source, userRecord) > 0) return;
  const what = mails ? 'is not locked, and no mail counts against the limits' : 'is not locked';
  throw new CommandError(
    `User ${userId} ${what}: ${standing(source, userRecord)}. Nothing was changed.`,
    EXIT.refused,
  );
};

/** True if the last try has written although its response was lost: nothing else leaves a user record like this. */
const isDone = (source: UnlockStores, { mails }: UnlockRequest, last: Try, userRecord: UserRecord): boolean =>
  userRecord.version === last.userRecord.version + 1 &&
  userRecord.consecutiveFailures === 0 &&
  lockedUntil(userRecord, source.now, source.limits) === undefined &&
  (!mails || countedMails(source, userRecord) === 0);

/** Returns a report of what was found and done. Throws `CommandError`, and the errors of AWS. */
export const unlock = async (source: UnlockStores, request: UnlockRequest): Promise<string> => {
  const { userId } = request;
  let last: Try | undefined;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const userRecord = await source.users.readUserRecord(userId);
    if (last !== undefined && isDone(source, request, last, userRecord)) {
      return toReport(source, userId, last, userRecord);
    }
    refuseNeedless(source, request, userRecord);
    last = { userRecord, challengeId: await writeDown(source, request, userRecord) };
    const unlocked = await source.users.unlock(userId, userRecord, request);
    if (unlocked !== undefined) return toReport(source, userId, last, unlocked);
  }
  throw new CommandError(
    `The record of user ${userId} kept changing, so they are still locked. The trail shows the tries. Run the command again.`,
    EXIT.failed,
  );
};
