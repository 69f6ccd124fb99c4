/** Stores the users of all pools. Passwords are stored only as SRP verifiers. */
import { AwsError } from '../../../ground/service.ts';
import type { State } from '../../../ground/state.ts';
import { userNotFound } from '../errors.ts';
import type { UserPool } from '../pool.ts';
import { type Credential, createCredential } from '../sign-in/srp.ts';
import { type Attributes, changeAttributes, withoutEmpty } from './attributes.ts';

export type UserStatus = 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

/** Times are epoch milliseconds. */
export interface StoredUser {
  readonly poolId: string;
  readonly username: string;
  readonly attributes: Attributes;
  readonly enabled: boolean;
  readonly status: UserStatus;
  readonly credential: Credential;
  /** Those of permanent passwords that the pool remembers, the newest first. Missing until there is one. */
  readonly pastCredentials?: readonly Credential[] | undefined;
  readonly temporaryPasswordExpiresAt: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Returns true if the current password is temporary, or was reset. */
export const mustChangePassword = ({ status }: StoredUser): boolean => status !== 'CONFIRMED';

export interface NewUser {
  readonly sub: string;
  /** The name for signing in: the email address in a pool that signs in with email. */
  readonly signInName: string;
  readonly attributes: Attributes;
  readonly temporaryPassword: string;
}

export interface Users {
  /** Finds a user by the name for signing in, or by the username. */
  find(pool: UserPool, name: string): StoredUser | undefined;
  /** Does the same as `find`, but throws UserNotFoundException. */
  get(pool: UserPool, name: string): StoredUser;
  /** Returns the users in the order of creation. */
  all(pool: UserPool): readonly StoredUser[];
  /** Throws UsernameExistsException. */
  create(pool: UserPool, user: NewUser): StoredUser;
  /** Sets password and status. The pool's policy says how long a temporary password is valid. */
  setPassword(
    pool: UserPool,
    user: StoredUser,
    password: string,
    kind: 'permanent' | 'temporary',
  ): StoredUser;
  setEnabled(pool: UserPool, user: StoredUser, enabled: boolean): StoredUser;
  /**
   * Adds, replaces or (with an empty value) removes each of these attributes, and keeps the others. Throws
   * AliasExistsException for another user's address.
   */
  setAttributes(pool: UserPool, user: StoredUser, attributes: Attributes): StoredUser;
  delete(pool: UserPool, user: StoredUser): void;
}

export const createUsers = (state: State, now: () => number): Users => {
  const users = state.documents<StoredUser>('cognito-user');
  // The user of each address. It is written before the user; after a crash in between, an entry that the user does not
  // confirm is ignored.
  const addresses = state.documents<string>('cognito-address');

  const keyOf = (pool: UserPool, name: string) =>
    `${pool.id}/${pool.caseSensitive ? name : name.toLowerCase()}`;

  const find = (pool: UserPool, name: string): StoredUser | undefined => {
    const key = keyOf(pool, name);
    const username = pool.signsInWithEmail ? addresses.get(key) : undefined;
    if (username === undefined) return users.get(key);
    const user = users.get(keyOf(pool, username));
    return user !== undefined && keyOf(pool, user.attributes.email ?? '') === key ? user : undefined;
  };

  const get = (pool: UserPool, name: string): StoredUser => {
    const user = find(pool, name);
    if (user === undefined) throw userNotFound();
    return user;
  };

  const save = (pool: UserPool, user: StoredUser): StoredUser => {
    const saved = { ...user, modifiedAt: now() };
    users.put(keyOf(pool, user.username), saved);
    return saved;
  };

  const withPassword = (pool: UserPool, username: string, password: string) => ({
    credential: createCredential(pool.name, username, password),
    temporaryPasswordExpiresAt: now() + pool.passwordPolicy.temporaryPasswordMs,
  });

  return {
    find,
    get,
    all: (pool) => users.all().filter(({ poolId }) => poolId === pool.id),
    create: (pool, { sub, signInName, attributes, temporaryPassword }) => {
      if (find(pool, signInName) !== undefined) {
        const message = pool.signsInWithEmail
          ? 'An account with the given email already exists.'
          : 'User account already exists';
        throw new AwsError('UsernameExistsException', message);
      }
      const username = pool.signsInWithEmail ? sub : signInName;
      if (pool.signsInWithEmail) addresses.put(keyOf(pool, signInName), username);
      return save(pool, {
        poolId: pool.id,
        username,
        attributes: {
          sub,
          ...withoutEmpty(attributes),
          ...(pool.signsInWithEmail ? { email: signInName } : {}),
        },
        enabled: true,
        status: 'FORCE_CHANGE_PASSWORD',
        ...withPassword(pool, username, temporaryPassword),
        createdAt: now(),
        modifiedAt: now(),
      });
    },
    setPassword: (pool, { username }, password, kind) => {
      const user = get(pool, username);
      const present = withPassword(pool, username, password);
      const { pastCredentials = [] } = user;
      if (kind === 'temporary') return save(pool, { ...user, ...present, status: 'FORCE_CHANGE_PASSWORD' });
      return save(pool, {
        ...user,
        ...present,
        pastCredentials: [present.credential, ...pastCredentials].slice(0, pool.passwordPolicy.historySize),
        status: 'CONFIRMED',
      });
    },
    setEnabled: (pool, { username }, enabled) => save(pool, { ...get(pool, username), enabled }),
    setAttributes: (pool, { username }, change) => {
      const user = get(pool, username);
      const [before, after] = [user.attributes.email ?? '', change.email];
      const moves =
        pool.signsInWithEmail && after !== undefined && keyOf(pool, after) !== keyOf(pool, before);
      if (moves && find(pool, after) !== undefined) {
        throw new AwsError('AliasExistsException', 'An account with the given email already exists.');
      }
      if (moves) addresses.put(keyOf(pool, after), username);
      const saved = save(pool, { ...user, attributes: changeAttributes(user.attributes, change) });
      if (moves) addresses.delete(keyOf(pool, before));
      return saved;
    },
    delete: (pool, { username }) => {
      const { email } = get(pool, username).attributes;
      users.delete(keyOf(pool, username));
      if (pool.signsInWithEmail && email !== undefined) addresses.delete(keyOf(pool, email));
    },
  };
};
