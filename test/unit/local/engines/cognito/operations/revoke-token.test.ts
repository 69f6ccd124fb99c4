import { expect, test } from 'vitest';
import { addUser, awsError, CLIENT_ID, createFixture, type Fixture, signIn } from '../fixture.ts';

const revoke = (fixture: Fixture, Token: string, ClientId = CLIENT_ID) =>
  fixture.call('RevokeToken', { ClientId, Token });
const refresh = (fixture: Fixture, RefreshToken: string) =>
  fixture.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });

test('RevokeToken ends the refresh token and the access tokens of its sign-in, and no others', async () => {
  const fixture = createFixture();
  await addUser(fixture);
  const [ended, other] = [await signIn(fixture), await signIn(fixture)];

  const answer = await revoke(fixture, ended.RefreshToken);

  expect(answer).toEqual({});
  await expect(refresh(fixture, ended.RefreshToken)).rejects.toMatchObject(
    awsError('NotAuthorizedException', 'Refresh Token has been revoked'),
  );
  await expect(fixture.call('GetUser', { AccessToken: ended.AccessToken })).rejects.toMatchObject(
    awsError('NotAuthorizedException', 'Access Token has been revoked'),
  );
  expect(await fixture.call('GetUser', { AccessToken: other.AccessToken })).toHaveProperty('Username');
  expect(await refresh(fixture, other.RefreshToken)).toHaveProperty('AuthenticationResult');
});

test('RevokeToken may be repeated, and returns the same for a token that nobody has', async () => {
  const fixture = createFixture();
  await addUser(fixture);
  const { RefreshToken } = await signIn(fixture);

  expect(await revoke(fixture, RefreshToken)).toEqual({});
  expect(await revoke(fixture, RefreshToken)).toEqual({});
  expect(await revoke(fixture, 'nobody')).toEqual({});
});

test("RevokeToken leaves another client's token alone", async () => {
  const fixture = createFixture();
  await addUser(fixture);
  const { RefreshToken } = await signIn(fixture);

  await revoke(fixture, RefreshToken, 'other');

  expect(await refresh(fixture, RefreshToken)).toHaveProperty('AuthenticationResult');
});

test('RevokeToken takes refresh tokens only', async () => {
  const fixture = createFixture();
  await addUser(fixture);
  const { AccessToken, IdToken } = await signIn(fixture);

  for (const token of [AccessToken, IdToken]) {
    await expect(revoke(fixture, token)).rejects.toMatchObject({ code: 'UnsupportedTokenTypeException' });
  }
});
