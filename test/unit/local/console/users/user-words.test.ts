import { expect, test } from 'vitest';
import type { ListedUser } from '../../../../../local/console/users/cognito-users.ts';
import { badgesOf, type UserStanding, userProblem } from '../../../../../local/console/users/user-words.ts';

const aUser = (changes: Partial<ListedUser> = {}): ListedUser => ({
  username: 'some-id',
  sub: 'some-id',
  email: 'alice@example.com',
  status: 'CONFIRMED',
  enabled: true,
  locale: '',
  createdAt: 0,
  ...changes,
});

test('a user is shown with what matters about them', () => {
  const words = (user: ListedUser) => badgesOf(user, 'demo@example.com').map(({ text }) => text);

  expect(words(aUser())).toEqual(['Has a password']);
  expect(words(aUser({ email: 'demo@example.com' }))).toEqual(['Demo user', 'Has a password']);
  expect(words(aUser({ status: 'FORCE_CHANGE_PASSWORD', enabled: false }))).toEqual([
    'Temporary password',
    'Disabled',
  ]);
});

test.each<[string, Partial<UserStanding>, readonly string[]]>([
  ['nothing', {}, []],
  ['a lock by wrong codes', { lock: 'codes' }, ['bad: Locked']],
  ['a lock that only an operator ends', { lock: 'operator' }, ['bad: Locked until unlocked']],
  ['a report', { lock: 'report' }, ['bad: Blocked by a report']],
  ['the limit of mails', { isLimited: true }, ['warn: Limit of mails reached']],
  ['both', { lock: 'codes', isLimited: true }, ['bad: Locked', 'warn: Limit of mails reached']],
])('a user whom %s keeps out does not look healthy', (_, standing, expected) => {
  const badges = badgesOf(aUser(), undefined, { userId: 'some-id', isLimited: false, ...standing });

  expect(badges.slice(1).map(({ tone, text }) => `${tone}: ${text}`)).toEqual(expected);
});

test.each([
  ['UsernameExistsException', 'An account with the given email already exists.', 'There is a user'],
  ['UserNotFoundException', 'User does not exist.', 'no longer there'],
  ['InvalidPasswordException', 'Password not long enough', 'is too short'],
  ['InvalidParameterException', 'Username should be an email.', 'not an email address'],
  [
    'InvalidParameterException',
    "Value at 'password' failed … regular expression pattern",
    'is too short, or',
  ],
  ['InvalidPasswordException', 'Password is in a list', 'Choose another one'],
  ['InvalidParameterException', 'The limit is too high.', 'The limit is too high.'],
  ['SomethingNew', 'The pool is closed.', 'The pool is closed.'],
])('says what %s (%s) means', (code, message, words) => {
  expect(userProblem(code, message)).toContain(words);
});

test('a status that Cognito may add is shown as Cognito says it', () => {
  const [badge] = badgesOf(aUser({ status: 'ARCHIVED' as ListedUser['status'] }), 'demo@example.com');

  expect(badge).toEqual({ tone: 'warn', text: 'ARCHIVED' });
});
