import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
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

describe('a client without token revocation', () => {
  const signedIn = async () => {
    const fixture = createFixture({ client: { EnableTokenRevocation: false } });
    await addUser(fixture);
    return { fixture, tokens: await signIn(fixture) };
  };

  test('revokes none, says RevokeToken', async () => {
    const { fixture, tokens } = await signedIn();

    await expect(revoke(fixture, tokens.RefreshToken)).rejects.toMatchObject({
      code: 'UnsupportedOperationException',
    });
    expect(await refresh(fixture, tokens.RefreshToken)).toHaveProperty('AuthenticationResult');
  });

  test('has tokens without jti and origin_jti, and signs out everywhere all the same', async () => {
    const { fixture, tokens } = await signedIn();

    for (const token of [tokens.IdToken, tokens.AccessToken]) {
      expect(decodeJwt(token)).not.toHaveProperty('jti');
      expect(decodeJwt(token)).not.toHaveProperty('origin_jti');
    }
    await fixture.call('GlobalSignOut', { AccessToken: tokens.AccessToken });
    await expect(fixture.call('GetUser', { AccessToken: tokens.AccessToken })).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Access Token has been revoked'),
    );
  });

  test('has them if it rotates refresh tokens', async () => {
    const fixture = createFixture({
      client: { EnableTokenRevocation: false, RefreshTokenRotation: { Feature: 'ENABLED' } },
    });
    await addUser(fixture);

    expect(decodeJwt((await signIn(fixture)).IdToken)).toMatchObject({ jti: expect.any(String) });
  });
});
