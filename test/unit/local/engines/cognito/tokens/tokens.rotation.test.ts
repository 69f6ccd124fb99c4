import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import {
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  type Fixture,
  type Script,
  signIn,
} from '../fixture.ts';

const REUSED = { code: 'RefreshTokenReuseException' };

interface Refreshed {
  readonly AccessToken: string;
  readonly RefreshToken: string;
}

const refresh = async (fixture: Fixture, RefreshToken: string): Promise<Refreshed> => {
  const { AuthenticationResult } = await fixture.call('GetTokensFromRefreshToken', {
    ClientId: CLIENT_ID,
    RefreshToken,
  });
  return AuthenticationResult as unknown as Refreshed;
};

const rotating = async (
  RetryGracePeriodSeconds?: number,
  client: JsonObject = {},
  scripts: Readonly<Record<string, Script>> = {},
) => {
  const RefreshTokenRotation = { Feature: 'ENABLED', RetryGracePeriodSeconds };
  const fixture = createFixture({ client: { RefreshTokenRotation, ...client }, scripts });
  await addUser(fixture);
  return { fixture, first: await signIn(fixture) };
};

describe('refresh token rotation', () => {
  test('gives a new refresh token of the same sign-in, and ends the old one at once', async () => {
    const { fixture, first } = await rotating();

    const second = await refresh(fixture, first.RefreshToken);

    expect(second.RefreshToken).toMatch(/^[0-9a-f]{192}$/);
    expect(second.RefreshToken).not.toBe(first.RefreshToken);
    expect(decodeJwt(second.AccessToken).origin_jti).toBe(decodeJwt(first.AccessToken).origin_jti);
    await expect(refresh(fixture, first.RefreshToken)).rejects.toMatchObject(REUSED);
    const third = await refresh(fixture, second.RefreshToken);
    expect(await fixture.call('GetUser', { AccessToken: third.AccessToken })).toHaveProperty('Username');
  });

  test('takes the old one for the grace period, which a retry does not make longer', async () => {
    const { fixture, first } = await rotating(60);
    await refresh(fixture, first.RefreshToken);

    fixture.clock.adjust({ offsetMs: 50_000 });
    const retried = await refresh(fixture, first.RefreshToken);
    fixture.clock.adjust({ offsetMs: 61_000 });

    await expect(refresh(fixture, first.RefreshToken)).rejects.toMatchObject(REUSED);
    expect(await refresh(fixture, retried.RefreshToken)).toHaveProperty('AccessToken');
  });

  test('gives the new one no more time than the old one had', async () => {
    const { fixture, first } = await rotating(0, { RefreshTokenValidity: 1 });
    fixture.clock.adjust({ offsetMs: 23 * 3_600_000 });
    const second = await refresh(fixture, first.RefreshToken);

    fixture.clock.adjust({ offsetMs: 24 * 3_600_000 });

    await expect(refresh(fixture, second.RefreshToken)).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Refresh Token has expired'),
    );
  });

  test('leaves the old one valid if the tokens were kept back', async () => {
    let fails = false;
    const { fixture, first } = await rotating(
      0,
      {},
      {
        PreTokenGeneration: () => (fails ? { kind: 'failed', errorType: 'Error', errorMessage: 'no' } : {}),
      },
    );
    fails = true;
    await expect(refresh(fixture, first.RefreshToken)).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
    });

    fails = false;

    expect(await refresh(fixture, first.RefreshToken)).toHaveProperty('RefreshToken');
  });

  test('gives one of two calls at once the new token', async () => {
    const { fixture, first } = await rotating(0, {}, { PreTokenGeneration: () => ({}) });

    const both = await Promise.allSettled([
      refresh(fixture, first.RefreshToken),
      refresh(fixture, first.RefreshToken),
    ]);

    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('is ended with its whole sign-in by RevokeToken, even of a token that is rotated out', async () => {
    const { fixture, first } = await rotating();
    const second = await refresh(fixture, first.RefreshToken);

    await fixture.call('RevokeToken', { ClientId: CLIENT_ID, Token: first.RefreshToken });

    await expect(refresh(fixture, second.RefreshToken)).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Refresh Token has been revoked'),
    );
    await expect(fixture.call('GetUser', { AccessToken: second.AccessToken })).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Access Token has been revoked'),
    );
  });

  test('takes no REFRESH_TOKEN_AUTH, whether or not the client allows that flow', async () => {
    const { fixture, first } = await rotating();
    const AuthParameters = { REFRESH_TOKEN: first.RefreshToken };
    const initiate = (pool: Fixture) =>
      pool.call('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters });

    await expect(initiate(fixture)).rejects.toMatchObject(
      awsError('UnsupportedOperationException', /Refresh with GetTokensFromRefreshToken$/),
    );
    const strict = await rotating(0, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
    await expect(initiate(strict.fixture)).rejects.toMatchObject(
      awsError('InvalidParameterException', 'REFRESH_TOKEN_AUTH flow not enabled for this client'),
    );
    expect(await refresh(strict.fixture, strict.first.RefreshToken)).toHaveProperty('RefreshToken');
  });

  test('is off where the feature is', async () => {
    const fixture = createFixture({ client: { RefreshTokenRotation: { Feature: 'DISABLED' } } });
    await addUser(fixture);
    const { RefreshToken } = await signIn(fixture);

    expect(await refresh(fixture, RefreshToken)).not.toHaveProperty('RefreshToken');
    expect(await refresh(fixture, RefreshToken)).toHaveProperty('AccessToken');
  });
});
