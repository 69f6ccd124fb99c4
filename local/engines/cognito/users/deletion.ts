/** Deletes a user and their places in groups. */
import type { Memberships } from '../groups/memberships.ts';
import type { UserPool } from '../pool.ts';
import type { Lockout } from '../sign-in/lockout.ts';
import type { StoredUser, Users } from './users.ts';

/**
 * The user's tokens lead to nobody from then on: of an access token the pool says UserNotFoundException, and a refresh token is
 * invalid. The user goes last, so that a deletion can be repeated if the process dies in it.
 */
export type DeleteUser = (pool: UserPool, user: StoredUser) => void;

export const createDeletion =
  (users: Users, memberships: Memberships, lockout: Pick<Lockout, 'forget'>): DeleteUser =>
  (pool, user) => {
    memberships.endOfUser(pool, user);
    lockout.forget(pool, user.username);
    users.delete(pool, user);
  };
