/**
 * Puts users into the groups in which the template has them. On AWS a deployment fails if such a user is missing; here the
 * users are created after the start, so each of them comes into the groups when it is created.
 */
import type { UserPool } from '../pool.ts';
import type { StoredUser, Users } from '../users/users.ts';
import type { Memberships } from './memberships.ts';

/** Puts a new user into the groups that the template has for the name. */
export type WelcomeUser = (pool: UserPool, user: StoredUser) => void;

export const createWelcome =
  (users: Users, memberships: Memberships): WelcomeUser =>
  (pool, { username }) => {
    for (const { name, members } of pool.groups) {
      for (const member of members) {
        const user = users.find(pool, member);
        if (user?.username !== username || memberships.hasMember(pool, name, member)) continue;
        memberships.add(pool, user, name, member);
      }
    }
  };

/**
 * Makes the memberships of the template those of the pool. Whom an administrator put into a group stays there, and so does a member of
 * the template whose address has changed, as on AWS.
 */
export const followTemplateMembers = (
  pool: UserPool,
  users: Users,
  memberships: Memberships,
  welcome: WelcomeUser,
): void => {
  memberships.endOfTemplate(pool);
  for (const user of users.all(pool)) welcome(pool, user);
};
