import { describe, expect, test } from 'vitest';
import {
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  type Fixture,
  POOL_ID,
  signIn,
} from '../fixture.ts';

const MINUTE = 60_000;
/** Cognito's default. */
const REFRESH_TOKEN_MS = 30 * 24 * 60 * MINUTE;

const refresh = (fixture: Fixture, RefreshToken: string) =>
  fixture.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });
const ACCESS_REVOKED = awsError('NotAuthorizedException', 'Access Token has been revoked');
const REFRESH_EXPIRED = awsError('NotAuthorizedException', 'Refresh Token has expired');
const REFRESH_REVOKED = awsError('NotAuthorizedException', 'Refresh Token has been revoked');

describe.each<[string, (fixture: Fixture, AccessToken: string) => Promise<unknown>]>([
  ['GlobalSignOut', (fixture, AccessToken) => fixture.call('GlobalSignOut', { AccessToken })],
  [
    'AdminUserGlobalSignOut',
    (fixture) => fixture.call('AdminUserGlobalSignOut', { UserPoolId: POOL_ID, Username: EMAIL }),
  ],
])('%s', (_, signOut) => {
  test('ends every sign-in of the user', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const [here, elsewhere] = [await signIn(fixture), await signIn(fixture)];

    expect(await signOut(fixture, here.AccessToken)).toEqual({});

    for (const { AccessToken, RefreshToken } of [here, elsewhere]) {
      await expect(fixture.call('GetUser', { AccessToken })).rejects.toMatchObject(ACCESS_REVOKED);
      await expect(refresh(fixture, RefreshToken)).rejects.toMatchObject(REFRESH_REVOKED);
    }
  });

  test('ends access tokens that outlive their refresh token', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const { RefreshToken } = await signIn(fixture);
    fixture.clock.adjust({ offsetMs: REFRESH_TOKEN_MS - 10 * MINUTE });
    const { AuthenticationResult } = await refresh(fixture, RefreshToken);
    const { AccessToken } = AuthenticationResult as { readonly AccessToken: string };
    fixture.clock.adjust({ offsetMs: 11 * MINUTE });
    await expect(refresh(fixture, RefreshToken)).rejects.toMatchObject(REFRESH_EXPIRED);

    await signOut(fixture, AccessToken);

    await expect(fixture.call('GetUser', { AccessToken })).rejects.toMatchObject(ACCESS_REVOKED);
  });

  test('leaves the user free to sign in again', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    await signOut(fixture, (await signIn(fixture)).AccessToken);

    const { AccessToken, RefreshToken } = await signIn(fixture);

    expect(await fixture.call('GetUser', { AccessToken })).toHaveProperty('Username');
    expect(await refresh(fixture, RefreshToken)).toHaveProperty('AuthenticationResult');
  });

  test('leaves other users alone', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const { AccessToken } = await signIn(fixture);
    await addUser(fixture, 'permanent', 'other@example.com');
    const other = await signIn(fixture, 'other@example.com');

    await signOut(fixture, AccessToken);

    expect(await refresh(fixture, other.RefreshToken)).toHaveProperty('AuthenticationResult');
  });
});

test('GlobalSignOut refuses a token that was revoked before, or is none', async () => {
  const fixture = createFixture();
  await addUser(fixture);
  const { AccessToken } = await signIn(fixture);
  await fixture.call('GlobalSignOut', { AccessToken });

  await expect(fixture.call('GlobalSignOut', { AccessToken })).rejects.toMatchObject(ACCESS_REVOKED);
  await expect(fixture.call('GlobalSignOut', { AccessToken: 'none' })).rejects.toMatchObject(
    awsError('NotAuthorizedException', 'Invalid Access Token'),
  );
});

test('AdminUserGlobalSignOut knows no user that was not created', async () => {
  const request = { UserPoolId: POOL_ID, Username: 'nobody@example.com' };

  await expect(createFixture().call('AdminUserGlobalSignOut', request)).rejects.toMatchObject({
    code: 'UserNotFoundException',
  });
});
