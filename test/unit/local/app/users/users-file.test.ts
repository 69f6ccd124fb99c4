import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readUsersFile, type UsersPool } from '../../../../../local/app/users/users-file.ts';
import { EXIT } from '../../../../../shared/command/failure.ts';

const file = join(mkdtempSync(join(tmpdir(), 'users-')), 'users.json');

/** The pool of an EmailOtp into which people sign in with names of their own, unless `more` says otherwise. */
const aPool = (id = 'EmailOtp', more: Partial<UsersPool> = {}): UsersPool => ({
  id,
  path: `Shop/${id}`,
  signsInWithEmail: false,
  ignoresCase: false,
  ...more,
});

const read = (content: unknown, otps: readonly string[] = ['EmailOtp'], more: Partial<UsersPool> = {}) => {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readUsersFile(
    file,
    otps.map((otp) => aPool(otp, more)),
  );
};

test('a user needs an address and a password', () => {
  expect(read([{ email: 'ann@example.com', password: 'secret' }])).toEqual([
    {
      place: 'users.json[0]',
      username: 'ann@example.com',
      password: 'secret',
      temporary: false,
      attributes: { email: 'ann@example.com', email_verified: 'true' },
      groups: [],
      otp: 'EmailOtp',
    },
  ]);
});

test('a user may have more', () => {
  const bob = {
    username: 'bob',
    email: 'bob@example.com',
    password: 'secret',
    temporary: true,
    attributes: { name: 'Bob', email_verified: 'false' },
    groups: ['staff'],
    pool: 'Staff',
  };

  expect(read([bob], ['Staff', 'Guests'])).toMatchObject([
    {
      username: 'bob',
      temporary: true,
      attributes: { email: 'bob@example.com', name: 'Bob', email_verified: 'false' },
      groups: ['staff'],
      otp: 'Staff',
    },
  ]);
});

test('all mistakes are shown at once, with the entry that has them', () => {
  const wrong = [
    { password: 'secret', pasword: 1 },
    'bob',
    {
      email: 'x@example.com',
      password: '',
      temporary: 'no',
      attributes: { a: 1 },
      groups: 'staff',
      pool: 'Other',
    },
  ];

  expect(() => read(wrong)).toThrow(
    expect.objectContaining({
      exit: EXIT.usage,
      message: [
        '--users: users.json[0] has pasword, which mean nothing here; there are username, email, password, temporary, attributes, groups, pool',
        'users.json[0] needs "username" or "email", as a text',
        'users.json[1] is not an object',
        'users.json[2] needs "password", as a text',
        'users.json[2] "temporary" is true or false',
        'users.json[2] "attributes" are texts by their names, for instance {"name": "Ann"}',
        'users.json[2] "groups" is a list of names, for instance ["staff"]',
        'users.json[2] "pool" is EmailOtp, not "Other"',
      ].join('\n'),
    }),
  );
});

test.each([
  ['nothing', '', 'is not JSON'],
  ['one user', { email: 'ann@example.com', password: 'secret' }, 'is not a list; it looks like'],
])('a file with %s is refused', (_, content, words) => {
  expect(() => read(content)).toThrow(words);
});

test('the same user twice in a pool is refused; in two pools they are two', () => {
  const ann = { email: 'ann@example.com', password: 'secret' };

  expect(() => read([ann, ann])).toThrow('users.json[1] is for the same user as users.json[0]');
  expect(
    read(
      [
        { ...ann, pool: 'A' },
        { ...ann, pool: 'B' },
      ],
      ['A', 'B'],
    ),
  ).toHaveLength(2);
});

test('a pool that ignores case has one user for both cases of a name', () => {
  const users = ['Ann@EXAMPLE.com', 'ann@example.com'].map((email) => ({ email, password: 'secret' }));

  expect(() => read(users, ['EmailOtp'], { ignoresCase: true })).toThrow(
    'users.json[1] is for the same user as users.json[0]',
  );
  expect(read(users)).toHaveLength(2);
});

test('what is wrong with entries and who is there twice is said in one', () => {
  const ann = { email: 'ann@example.com', password: 'secret' };

  expect(() => read([ann, { ...ann, password: 1 }])).toThrow(
    /users\.json\[1\] needs "password", as a text\nusers\.json\[1\] is for the same user as users\.json\[0\]/,
  );
});

test('a name of their own is refused where people sign in with their address', () => {
  const users = [{ username: 'bob', email: 'bob@example.com', password: 'secret' }];

  expect(() => read(users, ['EmailOtp'], { signsInWithEmail: true })).toThrow(
    'users.json[0] has the "username" "bob", but people sign in to this pool with their address: give "email" only',
  );
});

test('a file of an editor that begins it with a byte order mark is read', () => {
  expect(read('\uFEFF[{"email": "ann@example.com", "password": "secret"}]')).toHaveLength(1);
});

test('a pool may be named by the path of its EmailOtp in the app', () => {
  const ann = { email: 'ann@example.com', password: 'secret', pool: 'Shop/B' };

  expect(read([ann], ['A', 'B'])).toMatchObject([{ otp: 'B' }]);
});

test('with several pools each user says in which', () => {
  expect(() => read([{ email: 'ann@example.com', password: 'secret' }], ['A', 'B'])).toThrow(
    'users.json[0] needs "pool", as there are several: A, B',
  );
});
