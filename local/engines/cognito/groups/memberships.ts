/** Keeps which users are in which groups of their pool. */
import type { State } from '../../../ground/state.ts';
import type { UserPool } from '../pool.ts';
import type { StoredUser } from '../users/users.ts';

/** Who put a user into a group: an administrator, or the template at the start of the local system. */
export type GroupOrigin = 'administrator' | 'template';

interface Membership {
  readonly poolId: string;
  readonly username: string;
  readonly group: string;
  readonly origin: GroupOrigin;
  /** The name under which the template has the user. Somebody else may have the name later, if it is an address. */
  readonly member?: string;
}

export interface Memberships {
  /** Does nothing if the user is in the group already. `member` is the template's name of the user, if the template says so. */
  add(pool: UserPool, user: StoredUser, group: string, member?: string): void;
  /** Does nothing if the user is not in the group. */
  remove(pool: UserPool, user: StoredUser, group: string): void;
  groupsOf(pool: UserPool, user: StoredUser): readonly string[];
  /** Returns usernames in the order in which the users came into the group. */
  usersIn(pool: UserPool, group: string): readonly string[];
  /** Ends all memberships of a group or of a user that is deleted. */
  endOfGroup(pool: UserPool, group: string): void;
  endOfUser(pool: UserPool, user: StoredUser): void;
  /** Whether somebody is in the group as this member of the template. */
  hasMember(pool: UserPool, group: string, member: string): boolean;
  /** Ends those of an earlier template that the present one does not have. */
  endOfTemplate(pool: UserPool): void;
}

export const createMemberships = (state: State): Memberships => {
  const documents = state.documents<Membership>('cognito-membership');
  const keyOf = ({ poolId, username, group }: Omit<Membership, 'origin'>) =>
    JSON.stringify([poolId, username, group]);
  const ofPool = ({ id }: UserPool) => documents.all().filter(({ poolId }) => poolId === id);
  const end = (memberships: readonly Membership[]) => {
    for (const membership of memberships) documents.delete(keyOf(membership));
  };
  const membershipOf = (pool: UserPool, { username }: StoredUser, group: string) => ({
    poolId: pool.id,
    username,
    group,
  });

  return {
    add: (pool, user, group, member) => {
      const membership = membershipOf(pool, user, group);
      const origin = member === undefined ? 'administrator' : 'template';
      documents.insert(keyOf(membership), { ...membership, origin, ...(member !== undefined && { member }) });
    },
    hasMember: (pool, group, member) =>
      ofPool(pool).some((membership) => membership.group === group && membership.member === member),
    remove: (pool, user, group) => void documents.delete(keyOf(membershipOf(pool, user, group))),
    groupsOf: (pool, { username }) =>
      ofPool(pool)
        .filter((membership) => membership.username === username)
        .map(({ group }) => group),
    usersIn: (pool, group) =>
      ofPool(pool)
        .filter((membership) => membership.group === group)
        .map(({ username }) => username),
    endOfGroup: (pool, group) => end(ofPool(pool).filter((membership) => membership.group === group)),
    endOfUser: (pool, { username }) =>
      end(ofPool(pool).filter((membership) => membership.username === username)),
    endOfTemplate: (pool) => {
      const isKept = ({ group, member = '' }: Membership) =>
        pool.groups.some(({ name, members }) => name === group && members.includes(member));
      end(ofPool(pool).filter((membership) => membership.origin === 'template' && !isKept(membership)));
    },
  };
};
