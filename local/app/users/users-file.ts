/**
 * Reads the file of `--users`: a JSON list of users, each as
 * `{"email": "ann@example.com", "password": "…", "temporary": false, "attributes": {"name": "Ann"}, "groups": ["staff"], "pool": "ShopOtp"}`.
 * Only a name and the password are needed: `username`, or `email`, which is then the name, too.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { usageError } from '../../../shared/command/failure.ts';
import { type OtpNames, otpNamed } from '../../../shared/messages/stack/outputs.ts';
import { isEmail } from '../../engines/cognito/users/attributes.ts';
import { isObject, type JsonObject } from '../../ground/service.ts';

/** A user whom the local system creates. */
export interface SeededUser {
  /** Where the file has it, for what is wrong with it later. */
  readonly place: string;
  readonly username: string;
  readonly password: string;
  /** Whether the password has to be changed at the first sign-in. */
  readonly temporary: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  /** The id of the `EmailOtp` in whose pool the user is. */
  readonly otp: string;
}

const FIELDS = ['username', 'email', 'password', 'temporary', 'attributes', 'groups', 'pool'];

/** The pool of an `EmailOtp`, as far as it decides whether an entry is right. */
export interface UsersPool extends OtpNames {
  readonly signsInWithEmail: boolean;
  /** Whether `A@example.com` and `a@example.com` are one user. */
  readonly ignoresCase: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Names of an own or a standard attribute; Cognito says whether the pool has it. */
const isTextRecord = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((text) => typeof text === 'string');

/** `Cognito` writes a verified address only where the file does not say that it is not. */
const attributesOf = ({ email, attributes = {} }: JsonObject): Readonly<Record<string, string>> => ({
  ...(isText(email) && { email, email_verified: 'true' }),
  ...(attributes as Readonly<Record<string, string>>),
});

/** The pool that the entry names, or the only one. */
const poolOf = ({ pool }: JsonObject, pools: readonly UsersPool[]): UsersPool | undefined =>
  pool === undefined ? pools.find(() => pools.length === 1) : otpNamed(pools, String(pool));

/** Each rule, and what is said where it does not hold. */
type Rules = readonly (readonly [holds: boolean, problem: string])[];

const poolRules = (entry: JsonObject, pools: readonly UsersPool[]): Rules => {
  const { username, pool } = entry;
  const found = poolOf(entry, pools);
  const ids = pools.map(({ id }) => id);
  return [
    [pool === undefined || found !== undefined, `"pool" is ${ids.join(' or ')}, not ${JSON.stringify(pool)}`],
    [pool !== undefined || pools.length === 1, `needs "pool", as there are several: ${ids.join(', ')}`],
    [
      found?.signsInWithEmail !== true || !isText(username) || isEmail(username),
      `has the "username" ${JSON.stringify(username)}, but people sign in to this pool with their address: give "email" only`,
    ],
  ];
};

const problemsOf = (entry: JsonObject, pools: readonly UsersPool[]): readonly string[] => {
  const { username, email, password, temporary = false, attributes = {}, groups = [] } = entry;
  const unknown = Object.keys(entry).filter((name) => !FIELDS.includes(name));
  const rules: Rules = [
    [
      unknown.length === 0,
      `has ${unknown.join(', ')}, which mean nothing here; there are ${FIELDS.join(', ')}`,
    ],
    [isText(username ?? email), 'needs "username" or "email", as a text'],
    [email === undefined || isText(email), '"email" is a text'],
    [isText(password), 'needs "password", as a text'],
    [typeof temporary === 'boolean', '"temporary" is true or false'],
    [isTextRecord(attributes), '"attributes" are texts by their names, for instance {"name": "Ann"}'],
    [Array.isArray(groups) && groups.every(isText), '"groups" is a list of names, for instance ["staff"]'],
    ...poolRules(entry, pools),
  ];
  return rules.flatMap(([holds, problem]) => (holds ? [] : [problem]));
};

const nameOf = ({ username, email }: JsonObject): unknown => username ?? email;

const toUser = (entry: JsonObject, place: string, pools: readonly UsersPool[]): SeededUser => ({
  place,
  username: String(nameOf(entry)),
  password: String(entry.password),
  temporary: entry.temporary === true,
  attributes: attributesOf(entry),
  groups: (entry.groups ?? []) as readonly string[],
  otp: String(poolOf(entry, pools)?.id),
});

/** Editors on Windows begin a file with it. */
const BYTE_ORDER_MARK = /^\uFEFF/;

const parsed = (path: string): readonly unknown[] => {
  const text = readFileSync(path, 'utf8').replace(BYTE_ORDER_MARK, '');
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch (error) {
    throw usageError(`--users: ${path} is not JSON: ${(error as Error).message}`);
  }
  throw usageError(
    `--users: ${path} is not a list; it looks like [{"email": "ann@example.com", "password": "…"}]`,
  );
};

type Placed = readonly [place: string, entry: unknown];

/** What two entries for one user have in common; undefined for an entry that is not clear. */
const identityOf = (entry: unknown, pools: readonly UsersPool[]): string | undefined => {
  if (!isObject(entry)) return undefined;
  const [name, pool] = [nameOf(entry), poolOf(entry, pools)];
  if (!isText(name) || pool === undefined) return undefined;
  return JSON.stringify([pool.id, pool.ignoresCase ? name.toLowerCase() : name]);
};

/** Two entries for one user of a pool would leave open which one counts. */
const twice = (placed: readonly Placed[], pools: readonly UsersPool[]): readonly string[] => {
  const first = new Map<string, string>();
  return placed.flatMap(([place, entry]) => {
    const identity = identityOf(entry, pools);
    const before = identity === undefined ? undefined : first.get(identity);
    if (identity !== undefined && before === undefined) first.set(identity, place);
    return before === undefined ? [] : [`${place} is for the same user as ${before}`];
  });
};

/** `pools` has one for each `EmailOtp`. Throws `CommandError` with all problems, each with the entry that has it. */
export const readUsersFile = (path: string, pools: readonly UsersPool[]): readonly SeededUser[] => {
  const placed = parsed(path).map((entry, index): Placed => [`${basename(path)}[${index}]`, entry]);
  const problems = placed.flatMap(([place, entry]) =>
    isObject(entry)
      ? problemsOf(entry, pools).map((problem) => `${place} ${problem}`)
      : [`${place} is not an object`],
  );
  const all = [...problems, ...twice(placed, pools)];
  if (all.length > 0) throw usageError(`--users: ${all.join('\n')}`);
  return placed.map(([place, entry]) => toUser(entry as JsonObject, place, pools));
};
