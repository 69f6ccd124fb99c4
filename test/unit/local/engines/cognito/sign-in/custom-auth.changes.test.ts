import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import {
  ANSWER,
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  INCORRECT,
  PASSWORD,
  POOL_ID,
  provePassword,
  respond,
  signIn,
} from '../fixture.ts';

// What an administrator changes while a sign-in is under way.

const USER = { UserPoolId: POOL_ID, Username: EMAIL };
const NAMES = { pool: { UsernameAttributes: [] } };
const OTHER_PASSWORD = 'other-staple-9';

/** A pool whose post authentication trigger does something while it runs. */
const disturbed = () => {
  const during: { run?: () => Promise<unknown> } = {};
  const scripts = {
    PostAuthentication: async () => {
      await during.run?.();
      return {};
    },
  };
  return { fixture: createFixture({ scripts }), during };
};

describe('a sign-in that a deleted user has begun', () => {
  test.each(['permanent', 'temporary'] as const)(
    'does not go on for the next user of the name, with a %s password',
    async (kind) => {
      const fixture = createFixture(NAMES);
      await addUser(fixture, kind);
      const challenge = await provePassword(fixture);
      await fixture.call('AdminDeleteUser', USER);
      await addUser(fixture, kind);
      await fixture.call('AdminSetUserPassword', { ...USER, Password: OTHER_PASSWORD, Permanent: true });

      const answer = { ANSWER, NEW_PASSWORD: 'taken-over-7' };
      await expect(respond(fixture, challenge, answer)).rejects.toMatchObject(
        awsError('NotAuthorizedException', 'Invalid session for the user.'),
      );

      expect(await provePassword(fixture, { password: OTHER_PASSWORD })).toMatchObject({
        ChallengeName: 'CUSTOM_CHALLENGE',
      });
    },
  );

  test('leaves no wrong passwords to the next user of the name', async () => {
    const fixture = createFixture(NAMES);
    await addUser(fixture);
    for (let wrong = 0; wrong < 5; wrong += 1) {
      await expect(provePassword(fixture, { password: OTHER_PASSWORD })).rejects.toMatchObject(INCORRECT);
    }
    await fixture.call('AdminDeleteUser', USER);
    await addUser(fixture);

    expect(await provePassword(fixture, { password: PASSWORD })).toHaveProperty('Session');
  });
});

describe('a sign-in whose user is changed while a trigger runs', () => {
  test.each([
    ['disabled', 'AdminDisableUser', awsError('NotAuthorizedException', 'User is disabled.')],
    ['deleted', 'AdminDeleteUser', awsError('UserNotFoundException')],
  ])('gives no tokens if the user is %s', async (_, operation, error) => {
    const { fixture, during } = disturbed();
    await addUser(fixture);
    const challenge = await provePassword(fixture);
    during.run = () => fixture.call(operation, USER);

    await expect(respond(fixture, challenge, { ANSWER })).rejects.toMatchObject(error);
  });

  test('has the claims of the user as it is then', async () => {
    const { fixture, during } = disturbed();
    await addUser(fixture);
    const challenge = await provePassword(fixture);
    const UserAttributes = [{ Name: 'name', Value: 'Alice' }];
    during.run = () => fixture.call('AdminUpdateUserAttributes', { ...USER, UserAttributes });

    const { AuthenticationResult } = await respond(fixture, challenge, { ANSWER });

    expect(decodeJwt((AuthenticationResult as { IdToken: string }).IdToken).name).toBe('Alice');
  });
});

test('a refresh whose user is disabled while the trigger runs gives no tokens', async () => {
  const during: { run?: () => Promise<unknown> } = {};
  const scripts = {
    PreTokenGeneration: async () => {
      await during.run?.();
      return {};
    },
  };
  const fixture = createFixture({ scripts });
  await addUser(fixture);
  const { RefreshToken } = await signIn(fixture);
  during.run = () => fixture.call('AdminDisableUser', USER);

  await expect(
    fixture.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken }),
  ).rejects.toMatchObject({ code: 'NotAuthorizedException' });
});
