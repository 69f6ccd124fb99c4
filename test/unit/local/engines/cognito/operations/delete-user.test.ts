import { describe, expect, test } from 'vitest';
import {
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  type Fixture,
  INCORRECT,
  POOL_ID,
  provePassword,
  signIn,
} from '../fixture.ts';

const USER = { UserPoolId: POOL_ID, Username: EMAIL };
const NOT_FOUND = awsError('UserNotFoundException', 'User does not exist.');

describe.each<[string, (fixture: Fixture, AccessToken: string) => Promise<unknown>]>([
  ['DeleteUser', ({ call }, AccessToken) => call('DeleteUser', { AccessToken })],
  ['AdminDeleteUser', ({ call }) => call('AdminDeleteUser', USER)],
])('%s', (_, deleteUser) => {
  const start = async (pool = {}) => {
    const fixture = createFixture({ pool, groups: [{ name: 'staff', settings: {}, members: [] }] });
    await addUser(fixture);
    await fixture.call('AdminAddUserToGroup', { ...USER, GroupName: 'staff' });
    const tokens = await signIn(fixture);
    expect(await deleteUser(fixture, tokens.AccessToken)).toEqual({});
    return { fixture, ...tokens };
  };
  const refresh = ({ call }: Fixture, RefreshToken: string) =>
    call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });

  test('takes the user out of the pool and of its groups', async () => {
    const { fixture } = await start();

    await expect(fixture.call('AdminGetUser', USER)).rejects.toMatchObject(NOT_FOUND);
    expect(await fixture.call('ListUsers', { UserPoolId: POOL_ID })).toEqual({ Users: [] });
    const group = { UserPoolId: POOL_ID, GroupName: 'staff' };
    expect(await fixture.call('ListUsersInGroup', group)).toEqual({ Users: [] });
    await expect(provePassword(fixture)).rejects.toMatchObject(INCORRECT);
  });

  // In a pool of user names another user can get the same one; with email addresses each has a name of their own.
  test.each([
    ['addresses', {}],
    ['user names', { UsernameAttributes: [] }],
  ])('leaves no token for whoever is created under the name next, in a pool of %s', async (_pool, pool) => {
    const { fixture, AccessToken, RefreshToken } = await start(pool);
    await expect(refresh(fixture, RefreshToken)).rejects.toMatchObject({ code: 'NotAuthorizedException' });

    await addUser(fixture);

    for (const operation of ['GetUser', 'GlobalSignOut', 'DeleteUser']) {
      await expect(fixture.call(operation, { AccessToken })).rejects.toMatchObject(NOT_FOUND);
    }
    await expect(refresh(fixture, RefreshToken)).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Invalid Refresh Token'),
    );
    expect(await fixture.call('AdminListGroupsForUser', USER)).toEqual({ Groups: [] });
    expect(await signIn(fixture)).toHaveProperty('AccessToken');
  });
});

test('AdminDeleteUser knows no user that was not created', async () => {
  await expect(createFixture().call('AdminDeleteUser', USER)).rejects.toMatchObject(NOT_FOUND);
});
