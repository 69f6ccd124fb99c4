/** Reads how users stand across their sign-ins, and unlocks one, for the page that shows the users. */
import { CommandError } from '../../shared/command/failure.ts';
import { lockedUntil, reachedLimit, type UserRecord } from '../../shared/domain/policy.ts';
import { type UnlockStores, unlock } from '../../shared/table/unlock.ts';
import { readReason } from '../../shared/words/unlock-reason.ts';
import { userStanding } from '../../shared/words/user-standing.ts';
import { AwsError, type JsonObject } from '../ground/service.ts';

/** How one user stands. */
export interface LocalStanding {
  /** The sub. */
  readonly userId: string;
  /** What keeps the user from signing in: wrong codes, for a time or until an operator acts, or a report. */
  readonly lock?: 'codes' | 'operator' | 'report';
  /** Whether no further mail is ordered for now. */
  readonly isLimited: boolean;
  /** A sentence with times in UTC; missing if there is nothing to say. */
  readonly words?: string;
}

/** The most users that one request may name. */
const MAX_USERS = 50;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const lockOf = (record: UserRecord, { limits, now }: UnlockStores): LocalStanding['lock'] => {
  const until = lockedUntil(record, now, limits);
  if (until === undefined) return undefined;
  if (until === record.blockedUntil) return 'report';
  return Number.isFinite(until) ? 'codes' : 'operator';
};

const standingOfUser = async (stores: UnlockStores, userId: string): Promise<LocalStanding> => {
  const record = await stores.users.readUserRecord(userId);
  const { limits, now } = stores;
  const lock = lockOf(record, stores);
  const words = userStanding(record, now, limits);
  return {
    userId,
    isLimited: reachedLimit(record, now, limits) !== undefined,
    ...(lock !== undefined && { lock }),
    ...(words !== undefined && { words }),
  };
};

/** `named`: subs with commas between them. Throws ValidationException. */
export const readStandings = (stores: UnlockStores, named = ''): Promise<readonly LocalStanding[]> => {
  const userIds = named.split(',').filter((id) => id !== '');
  if (userIds.length <= MAX_USERS && userIds.every((id) => UUID.test(id))) {
    return Promise.all(userIds.map((userId) => standingOfUser(stores, userId)));
  }
  throw new AwsError('ValidationException', `users: at most ${MAX_USERS} subs, with commas between them`);
};

/** `input`: a `UnlockRequest`. Returns what was found and done. Throws ValidationException. */
export const unlockUser = async (
  stores: UnlockStores,
  input: JsonObject,
): Promise<{ readonly report: string }> => {
  const { userId, reason: typed, mails } = input;
  if (typeof userId !== 'string' || !UUID.test(userId)) {
    throw new AwsError('ValidationException', 'userId: the sub of a user');
  }
  const read = readReason(typeof typed === 'string' ? typed : '');
  if (read.kind === 'problem') throw new AwsError('ValidationException', `The reason ${read.problem}.`);
  try {
    return { report: await unlock(stores, { userId, reason: read.reason, mails: mails === true }) };
  } catch (error) {
    if (error instanceof CommandError) throw new AwsError('ValidationException', error.message);
    throw error;
  }
};
