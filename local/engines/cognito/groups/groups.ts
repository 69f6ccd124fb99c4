/** Stores the groups of all pools, those of the template among them. */
import { AwsError } from '../../../ground/service.ts';
import type { State } from '../../../ground/state.ts';
import { resourceNotFound } from '../errors.ts';
import type { UserPool } from '../pool.ts';
import type { StoredUser } from '../users/users.ts';
import type { GroupSettings } from './group-definitions.ts';
import type { GroupOrigin, Memberships } from './memberships.ts';

/** Times are epoch milliseconds. */
export interface StoredGroup {
  readonly poolId: string;
  readonly name: string;
  readonly settings: GroupSettings;
  readonly origin: GroupOrigin;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Groups {
  /** Throws ResourceNotFoundException. */
  get(pool: UserPool, name: string): StoredGroup;
  /** Returns the groups in the order of creation. */
  all(pool: UserPool): readonly StoredGroup[];
  /** Throws GroupExistsException. */
  create(pool: UserPool, name: string, settings: GroupSettings): StoredGroup;
  /** Changes the settings that are given, and keeps the others. Throws ResourceNotFoundException. */
  update(pool: UserPool, name: string, settings: GroupSettings): StoredGroup;
  /** Throws ResourceNotFoundException. The group's users stay in the pool. */
  delete(pool: UserPool, name: string): void;
  /** Returns a user's groups, those of the highest precedence first. */
  ofUser(pool: UserPool, user: StoredUser): readonly StoredGroup[];
  /**
   * Makes the groups of the template those of the pool: adds and changes what it has, and deletes what an earlier one had
   * and it has not. Changes that the API made to them since are undone, as by a deployment that replaces them.
   */
  followTemplate(pool: UserPool): void;
}

const given = (settings: GroupSettings): GroupSettings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

const rankOf = ({ settings }: StoredGroup): number => settings.precedence ?? Number.POSITIVE_INFINITY;

/** The order of two groups. Equal ranks are infinite if neither group has a precedence, so they cannot be subtracted. */
const byPrecedence = (a: StoredGroup, b: StoredGroup): number =>
  rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b);

export const createGroups = (state: State, memberships: Memberships, now: () => number): Groups => {
  const documents = state.documents<StoredGroup>('cognito-group');
  const keyOf = (pool: UserPool, name: string) => `${pool.id}/${name}`;

  const get = (pool: UserPool, name: string): StoredGroup => {
    const group = documents.get(keyOf(pool, name));
    if (group === undefined) throw resourceNotFound('Group not found.');
    return group;
  };

  const all = (pool: UserPool) => documents.all().filter(({ poolId }) => poolId === pool.id);

  const save = (pool: UserPool, group: StoredGroup): StoredGroup => {
    documents.put(keyOf(pool, group.name), group);
    return group;
  };

  const add = (pool: UserPool, name: string, settings: GroupSettings, origin: GroupOrigin): StoredGroup => {
    const times = { createdAt: now(), modifiedAt: now() };
    return save(pool, { poolId: pool.id, name, settings: given(settings), origin, ...times });
  };

  const remove = (pool: UserPool, name: string) => {
    memberships.endOfGroup(pool, name);
    documents.delete(keyOf(pool, name));
  };

  const followDefinition = (pool: UserPool, name: string, settings: GroupSettings) => {
    const present = documents.get(keyOf(pool, name));
    if (present === undefined) return add(pool, name, settings, 'template');
    const isSame = JSON.stringify(present.settings) === JSON.stringify(given(settings));
    const modifiedAt = isSame ? present.modifiedAt : now();
    return save(pool, { ...present, settings: given(settings), origin: 'template', modifiedAt });
  };

  return {
    get,
    all,
    create: (pool, name, settings) => {
      if (documents.get(keyOf(pool, name)) !== undefined) {
        throw new AwsError('GroupExistsException', 'A group with the name already exists.');
      }
      return add(pool, name, settings, 'administrator');
    },
    update: (pool, name, settings) => {
      const group = get(pool, name);
      return save(pool, {
        ...group,
        settings: { ...group.settings, ...given(settings) },
        modifiedAt: now(),
      });
    },
    delete: (pool, name) => remove(pool, get(pool, name).name),
    ofUser: (pool, user) => {
      const names = new Set(memberships.groupsOf(pool, user));
      return all(pool)
        .filter(({ name }) => names.has(name))
        .toSorted(byPrecedence);
    },
    followTemplate: (pool) => {
      const names = new Set(pool.groups.map(({ name }) => name));
      for (const { name, origin } of all(pool)) {
        if (origin === 'template' && !names.has(name)) remove(pool, name);
      }
      for (const { name, settings } of pool.groups) followDefinition(pool, name, settings);
    },
  };
};
