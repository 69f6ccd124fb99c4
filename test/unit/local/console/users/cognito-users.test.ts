import { afterEach, describe, expect, test, vi } from 'vitest';
import { createCognitoUsers } from '../../../../../local/console/users/cognito-users.ts';

const POOL = 'us-east-1_local';
const users = createCognitoUsers(POOL);

interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Sets Cognito's responses, one for each call. The list that it returns grows with the calls. */
const answering = (...answers: readonly object[]): readonly Call[] => {
  const calls: Call[] = [];
  vi.stubGlobal(
    'fetch',
    async (_: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
      const operation = headers['x-amz-target']?.replace('AWSCognitoIdentityProviderService.', '') ?? '';
      calls.push({ operation, input: JSON.parse(body) });
      return Response.json(answers[calls.length - 1] ?? {});
    },
  );
  return calls;
};

const listed = (name: string, attributes?: Readonly<Record<string, string>>) => ({
  Username: name,
  UserStatus: 'CONFIRMED',
  Enabled: true,
  UserCreateDate: 1_736_942_400,
  ...(attributes && { Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })) }),
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the list', () => {
  test('is of all users, page by page, the newest first', async () => {
    const calls = answering(
      { Users: [listed('a'), listed('b')], PaginationToken: 'more' },
      { Users: [listed('c')] },
    );

    const names = (await users.list()).map(({ username }) => username);

    expect(names).toEqual(['c', 'b', 'a']);
    expect(calls).toEqual([
      { operation: 'ListUsers', input: { UserPoolId: POOL } },
      { operation: 'ListUsers', input: { UserPoolId: POOL, PaginationToken: 'more' } },
    ]);
  });

  test('names users by sub and address, and by their username where they have none', async () => {
    answering({ Users: [listed('a', { sub: 'sub-a', email: 'alice@example.com' }), listed('b')] });

    const [unnamed, alice] = await users.list();

    expect(alice).toEqual({
      username: 'a',
      sub: 'sub-a',
      locale: '',
      email: 'alice@example.com',
      status: 'CONFIRMED',
      enabled: true,
      createdAt: 1_736_942_400_000,
    });
    expect(unnamed).toMatchObject({ sub: 'b', email: 'b' });
  });
});

describe('a new user', () => {
  test('gets a temporary password without a mail, and a verified address', async () => {
    const calls = answering();

    await users.create('alice@example.com', 'a-good-passphrase', 'temporary');

    expect(calls).toEqual([
      {
        operation: 'AdminCreateUser',
        input: {
          UserPoolId: POOL,
          Username: 'alice@example.com',
          TemporaryPassword: 'a-good-passphrase',
          MessageAction: 'SUPPRESS',
          UserAttributes: [
            { Name: 'email', Value: 'alice@example.com' },
            { Name: 'email_verified', Value: 'true' },
          ],
        },
      },
    ]);
  });

  test('keeps the password where it is meant to last', async () => {
    const calls = answering();

    await users.create('alice@example.com', 'a-good-passphrase', 'permanent');

    expect(calls.map(({ operation }) => operation)).toEqual(['AdminCreateUser', 'AdminSetUserPassword']);
    expect(calls[1]?.input).toEqual({
      UserPoolId: POOL,
      Username: 'alice@example.com',
      Password: 'a-good-passphrase',
      Permanent: true,
    });
  });
});

test('a password that is set anew may be a temporary one', async () => {
  const calls = answering();

  await users.setPassword('a', 'a-good-passphrase', 'temporary');

  expect(calls).toMatchObject([{ operation: 'AdminSetUserPassword', input: { Permanent: false } }]);
});

test('a user is disabled and enabled again', async () => {
  const calls = answering();

  await users.setEnabled('a', false);
  await users.setEnabled('a', true);

  const input = { UserPoolId: POOL, Username: 'a' };
  expect(calls).toEqual([
    { operation: 'AdminDisableUser', input },
    { operation: 'AdminEnableUser', input },
  ]);
});

test('a locale is set as the attribute, and removed where it is empty', async () => {
  const calls = answering();

  await users.setLocale('a', 'pt-BR');
  await users.setLocale('a', '');

  const input = { UserPoolId: POOL, Username: 'a' };
  expect(calls).toEqual([
    {
      operation: 'AdminUpdateUserAttributes',
      input: { ...input, UserAttributes: [{ Name: 'locale', Value: 'pt-BR' }] },
    },
    { operation: 'AdminDeleteUserAttributes', input: { ...input, UserAttributeNames: ['locale'] } },
  ]);
});

test('a locale that the pool has is listed', async () => {
  answering({ Users: [listed('a', { sub: 'sub-a', locale: 'zh-Hant' })] });

  expect((await users.list())[0]?.locale).toBe('zh-Hant');
});

test('a user is deleted by an administrator’s call', async () => {
  const calls = answering();

  await users.remove('a');

  expect(calls).toEqual([{ operation: 'AdminDeleteUser', input: { UserPoolId: POOL, Username: 'a' } }]);
});
