/** Signs out every user of a pool, page by page. User names are used and forgotten; none is printed or kept. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import type { PoolUsers } from '../pool/pool-users.ts';

/** How far a sign-out of everybody has come. */
export interface Reached {
  /** The token of the page that is next; undefined for the first one. */
  readonly page: string | undefined;
  /** How many users are signed out. */
  readonly users: number;
}

export interface SignOutSteps {
  /** Called after each page but the last; a later run may go on from there. */
  reached(reached: Reached): void;
  /** Resolves when the next user may be signed out. */
  turn(): Promise<void>;
}

const START: Reached = { page: undefined, users: 0 };

/**
 * Returns how many users were signed out, those before `from` included. If Cognito does not know the page any more, it begins
 * with the first one: to sign out a user twice does no harm. Throws `CommandError` if that happens again, and the errors of AWS.
 */
export const signOutAll = async (
  users: PoolUsers,
  from: Reached,
  { reached, turn }: SignOutSteps,
): Promise<number> => {
  let at = from;
  for (let restarts = 0; restarts < 2; ) {
    const page = await users.page(at.page);
    if (page === undefined) {
      restarts += 1;
      at = START;
      continue;
    }
    for (const username of page.usernames) {
      await turn();
      await users.signOut(username);
    }
    at = { page: page.next, users: at.users + page.usernames.length };
    if (page.next === undefined) return at.users;
    reached(at);
  }
  throw new CommandError(
    'Cognito forgets where the list of users goes on, so not everybody is signed out. Run the command again.',
    EXIT.failed,
  );
};

/**
 * Between two users, in milliseconds. Cognito's quota for changing users is 25 in a second by default, for all pools of the
 * account; sign-ups and administrators have to get their part of it.
 */
export const BETWEEN_MS = 100;

/** Lets a step begin every `BETWEEN_MS` at most. */
export const createTurns = (now: () => number, wait: (ms: number) => Promise<unknown>) => {
  let next = 0;
  return async (): Promise<void> => {
    const at = now();
    if (next > at) await wait(next - at);
    next = Math.max(next, at) + BETWEEN_MS;
  };
};
