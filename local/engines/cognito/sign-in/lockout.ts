/**
 * Keeps out whoever gives wrong passwords: Amazon Cognito's "lockout behavior for failed sign-in attempts". From the fifth
 * wrong password in a row on, no password counts for 1 s, then for twice as long after each further one, up to 15 minutes.
 * What is tried in the meantime is refused and changes nothing. The right password afterwards, or a quarter of an hour
 * without a try after the lockout, sets the count back.
 */
import type { State } from '../../../ground/state.ts';
import { passwordAttemptsExceeded } from '../errors.ts';
import type { UserPool } from '../pool.ts';

export interface Lockout {
  /**
   * Judges a password. Throws NotAuthorizedException during a lockout. A stranger's username counts as a user's does,
   * because they must look alike.
   */
  judge(pool: UserPool, username: string, isRight: () => boolean): boolean;
  /** The next user of the name begins without wrong passwords. */
  forget(pool: UserPool, username: string): void;
}

/** Times are epoch milliseconds. */
interface Failures {
  readonly key: string;
  readonly count: number;
  /** Before the fifth one it is the time of the last wrong password. */
  readonly lockedUntil: number;
}

const FREE_FAILURES = 5;
const LONGEST_MS = 900_000;
const FORGOTTEN_AFTER_MS = 900_000;

const lockoutMs = (count: number): number =>
  count < FREE_FAILURES ? 0 : Math.min(1000 * 2 ** (count - FREE_FAILURES), LONGEST_MS);

export const createLockout = (state: State, now: () => number): Lockout => {
  const documents = state.documents<Failures>('cognito-wrong-passwords');

  const isForgotten = ({ lockedUntil }: Failures) => lockedUntil + FORGOTTEN_AFTER_MS <= now();

  const addFailure = (key: string, before: number) => {
    for (const past of documents.all()) if (isForgotten(past)) documents.delete(past.key);
    const count = before + 1;
    documents.put(key, { key, count, lockedUntil: now() + lockoutMs(count) });
  };

  const keyOf = ({ id }: UserPool, username: string) => `${id}/${username}`;
  return {
    forget: (pool, username) => void documents.delete(keyOf(pool, username)),
    judge: (pool, username, isRight) => {
      const key = keyOf(pool, username);
      const found = documents.get(key);
      const failures = found === undefined || isForgotten(found) ? undefined : found;
      if (failures !== undefined && failures.lockedUntil > now()) throw passwordAttemptsExceeded();
      const right = isRight();
      if (!right) addFailure(key, failures?.count ?? 0);
      else if (found !== undefined) documents.delete(key);
      return right;
    },
  };
};
