import { describe, expect, test } from 'vitest';
import {
  ANSWER,
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  type Fixture,
  POOL_ID,
  provePassword,
  respond,
  signIn,
} from '../../fixture.ts';

const USER = { UserPoolId: POOL_ID, Username: EMAIL };
const disable = (fixture: Fixture) => fixture.call('AdminDisableUser', USER);
const enable = (fixture: Fixture) => fixture.call('AdminEnableUser', USER);
const refresh = (fixture: Fixture, RefreshToken: string) =>
  fixture.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });
const DISABLED = awsError('NotAuthorizedException', 'User is disabled.');

describe('AdminDisableUser', () => {
  test('keeps the user listed and lets them no longer sign in', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    const answer = await disable(fixture);

    expect(answer).toEqual({});
    expect(await fixture.call('ListUsers', { UserPoolId: POOL_ID })).toMatchObject({
      Users: [{ Enabled: false }],
    });
    await expect(provePassword(fixture)).rejects.toMatchObject(DISABLED);
  });

  test('ends a sign-in that is under way', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const challenge = await provePassword(fixture);

    await disable(fixture);

    await expect(respond(fixture, challenge, { ANSWER })).rejects.toMatchObject(DISABLED);
  });

  test('revokes what the user was signed in with, even if they are enabled again', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const { AccessToken, RefreshToken } = await signIn(fixture);

    await disable(fixture);
    await enable(fixture);

    await expect(fixture.call('GetUser', { AccessToken })).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Access Token has been revoked'),
    );
    await expect(refresh(fixture, RefreshToken)).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Refresh Token has been revoked'),
    );
  });

  test('knows no user that was not created, and no pool that is not there', async () => {
    const fixture = createFixture();

    await expect(disable(fixture)).rejects.toMatchObject({ code: 'UserNotFoundException' });
    await expect(
      fixture.call('AdminEnableUser', { ...USER, UserPoolId: 'eu-central-1_Other' }),
    ).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

describe('AdminEnableUser', () => {
  test('lets the user sign in again', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    await disable(fixture);

    await enable(fixture);

    expect(await fixture.call('AdminGetUser', USER)).toMatchObject({ Enabled: true });
    expect(await signIn(fixture)).toHaveProperty('AccessToken');
  });
});
