import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import {
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  type Fixture,
  ISSUER_BASE,
  POOL_ID,
  signIn,
  temporaryFolder,
} from '../fixture.ts';

const HOUR = 3_600_000;
const ISSUER = `${ISSUER_BASE}/${POOL_ID}`;
const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);

const verify = async (fixture: Fixture, token: string, options: { audience?: string } = {}) => {
  const keySet = createLocalJWKSet(fixture.wellKnown(`/${POOL_ID}/.well-known/jwks.json`) as JSONWebKeySet);
  const currentDate = new Date(fixture.clock.now());
  return (await jwtVerify(token, keySet, { issuer: ISSUER, currentDate, ...options })).payload;
};
const refresh = (fixture: Fixture, REFRESH_TOKEN: string, ClientId = CLIENT_ID) =>
  fixture.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN },
  });
const signedIn = async (options: Parameters<typeof createFixture>[0] = {}) => {
  const fixture = createFixture(options);
  const user = await addUser(fixture);
  return { fixture, user, tokens: await signIn(fixture) };
};

describe('the tokens of a sign-in', () => {
  test("verify against the pool's key set and carry Cognito's claims", async () => {
    const { fixture, user, tokens } = await signedIn();

    const identity = await verify(fixture, tokens.IdToken, { audience: CLIENT_ID });
    const access = await verify(fixture, tokens.AccessToken);

    const now = expect.closeTo(fixture.clock.now() / 1000, -1);
    const common = { sub: user.Username, iss: ISSUER, event_id: UUID, origin_jti: UUID, jti: UUID };
    const times = { auth_time: now, iat: now, exp: (identity.iat ?? 0) + 3600 };
    expect(identity).toEqual({
      ...common,
      ...times,
      aud: CLIENT_ID,
      email: EMAIL,
      'cognito:username': user.Username,
      token_use: 'id',
    });
    expect(access).toEqual({
      ...common,
      ...times,
      exp: (access.iat ?? 0) + 3600,
      client_id: CLIENT_ID,
      username: user.Username,
      scope: 'aws.cognito.signin.user.admin',
      token_use: 'access',
    });
    expect(access.origin_jti).toBe(identity.origin_jti);
    expect(decodeProtectedHeader(tokens.IdToken)).toEqual({ alg: 'RS256', kid: expect.any(String) });
  });

  test('have a refresh token that the AWS CLI cannot take for an option', async () => {
    const { tokens } = await signedIn();

    expect(tokens.RefreshToken).toMatch(/^[0-9a-f]{192}$/);
  });

  test('still verify after a restart of the pool', async () => {
    const folder = temporaryFolder();
    const { tokens } = await signedIn({ folder });

    const restarted = createFixture({ folder });

    expect(await verify(restarted, tokens.IdToken)).toMatchObject({ email: EMAIL });
  });

  test('are described by the discovery document', () => {
    const fixture = createFixture();

    const document = fixture.wellKnown(`/${POOL_ID}/.well-known/openid-configuration`);

    expect(document).toMatchObject({ issuer: ISSUER, jwks_uri: `${ISSUER}/.well-known/jwks.json` });
    expect(fixture.wellKnown('/eu-central-1_Other/.well-known/jwks.json')).toBeUndefined();
    expect(fixture.wellKnown(`/${POOL_ID}/.well-known/other`)).toBeUndefined();
  });
});

describe('a refresh', () => {
  test('gives new tokens of the same sign-in, and no new refresh token', async () => {
    const { fixture, tokens } = await signedIn();
    const before = await verify(fixture, tokens.AccessToken);
    fixture.clock.adjust({ offsetMs: HOUR });

    const { AuthenticationResult } = await refresh(fixture, tokens.RefreshToken);
    const result = AuthenticationResult as typeof tokens;

    const after = await verify(fixture, result.AccessToken);
    expect(after).toMatchObject({ auth_time: before.auth_time, origin_jti: before.origin_jti });
    expect(after.exp).toBeGreaterThanOrEqual((before.exp ?? 0) + 3600);
    expect(result).not.toHaveProperty('RefreshToken');
  });

  test('can be had from GetTokensFromRefreshToken too', async () => {
    const { fixture, user, tokens } = await signedIn();
    const request = { ClientId: CLIENT_ID, RefreshToken: tokens.RefreshToken };

    const { AuthenticationResult } = await fixture.call('GetTokensFromRefreshToken', request);

    const { AccessToken } = AuthenticationResult as typeof tokens;
    expect(await verify(fixture, AccessToken)).toMatchObject({ username: user.Username });
  });

  test('is refused for a token that has expired, is unknown, or belongs to another client', async () => {
    const { fixture, tokens } = await signedIn({ client: { RefreshTokenValidity: 1 } });
    const invalid = awsError('NotAuthorizedException', 'Invalid Refresh Token');

    await expect(refresh(fixture, 'unknown')).rejects.toMatchObject(invalid);
    await expect(refresh(fixture, tokens.RefreshToken, 'other')).rejects.toMatchObject(invalid);
    await expect(
      fixture.call('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: 'REFRESH_TOKEN' }),
    ).rejects.toMatchObject(
      awsError('InvalidParameterException', 'Missing required parameter REFRESH_TOKEN'),
    );
    fixture.clock.adjust({ offsetMs: 24 * HOUR });
    await expect(refresh(fixture, tokens.RefreshToken)).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Refresh Token has expired'),
    );
  });
});

describe('the pre token generation trigger', () => {
  test('adds, replaces and suppresses claims of the ID token, but no reserved ones', async () => {
    const details = {
      claimsToAddOrOverride: { tenant: 'acme', sub: 'forged', aud: 'forged' },
      claimsToSuppress: ['email', 'iss'],
      groupOverrideDetails: { groupsToOverride: ['admins'] },
    };
    const scripts = { PreTokenGeneration: () => ({ claimsOverrideDetails: details }) };
    const { fixture, user, tokens } = await signedIn({ scripts });

    const identity = await verify(fixture, tokens.IdToken, { audience: CLIENT_ID });
    const access = await verify(fixture, tokens.AccessToken);

    expect(identity).toMatchObject({ tenant: 'acme', sub: user.Username, 'cognito:groups': ['admins'] });
    expect(identity).not.toHaveProperty('email');
    expect(access).toMatchObject({ 'cognito:groups': ['admins'] });
    expect(access).not.toHaveProperty('tenant');
  });

  test('is told what the tokens are for, and for which app client', async () => {
    const scripts = { PreTokenGeneration: () => ({}) };
    const { fixture, user, tokens } = await signedIn({ scripts });

    await refresh(fixture, tokens.RefreshToken);

    const events = fixture.calls
      .filter(({ trigger }) => trigger === 'PreTokenGeneration')
      .map(({ event }) => event);
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
      'TokenGeneration_Authentication',
      'TokenGeneration_RefreshTokens',
    ]);
    const callerContext = { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: CLIENT_ID };
    expect(events).toEqual([
      expect.objectContaining({ callerContext }),
      expect.objectContaining({ callerContext }),
    ]);
    expect(events[0]?.request).toEqual({
      userAttributes: { sub: user.Username, email: EMAIL, 'cognito:user_status': 'CONFIRMED' },
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
    });
    expect(events[0]?.response).toEqual({ claimsOverrideDetails: null });
  });

  test.each<[string, JsonObject]>([
    ['UserLambdaValidationException', { kind: 'failed', errorType: 'Error', errorMessage: 'no challenge' }],
    ['InvalidLambdaResponseException', { claimsOverrideDetails: { claimsToAddOrOverride: { level: 7 } } }],
  ])('keeps the tokens back when it fails: %s', async (code, answer) => {
    const fixture = createFixture({ scripts: { PreTokenGeneration: () => answer } });
    await addUser(fixture);

    await expect(signIn(fixture)).rejects.toMatchObject({ code });
  });
});
