import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import {
  addUser,
  asChallenge,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  type Fixture,
  INCORRECT,
  PASSWORD,
  POOL_ID,
  respond,
} from '../fixture.ts';

// What an existing app does that asks for no code: the password alone gives tokens.

const OPEN = {
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
};
const open = (others: Parameters<typeof createFixture>[0] = {}) =>
  createFixture({
    ...others,
    client: { ...OPEN, ...others.client },
    scripts: { PreTokenGeneration: () => ({}), ...others.scripts },
  });

type SignIn = (fixture: Fixture, password?: string, username?: string) => Promise<JsonObject>;

const bySrp: SignIn = async ({ call }, password = PASSWORD, username = EMAIL) => {
  const session = createSrpSession(username, password, POOL_ID, false);
  const initiate = wrapInitiateAuth(session, {
    ClientId: CLIENT_ID,
    AuthFlow: 'USER_SRP_AUTH' as const,
    AuthParameters: { USERNAME: username },
  });
  const challenge = asChallenge(await call('InitiateAuth', initiate as unknown as JsonObject));
  const answer = wrapAuthChallenge(signSrpSession(session, challenge as never), {
    ClientId: CLIENT_ID,
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: challenge.Session,
    ChallengeResponses: { USERNAME: challenge.ChallengeParameters.USERNAME as string },
  });
  return call('RespondToAuthChallenge', answer as unknown as JsonObject);
};

const byPassword: SignIn = ({ call }, password = PASSWORD, username = EMAIL) =>
  call('InitiateAuth', {
    ClientId: CLIENT_ID,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });

const tokensOf = ({ AuthenticationResult }: JsonObject) =>
  AuthenticationResult as Readonly<Record<'AccessToken' | 'IdToken' | 'RefreshToken', string>>;

describe.each<[string, SignIn]>([
  ['USER_SRP_AUTH', bySrp],
  ['USER_PASSWORD_AUTH', byPassword],
])('%s', (_, signIn) => {
  test('gives tokens for the password alone, and asks the pre token trigger only', async () => {
    const fixture = open();
    const { Username } = await addUser(fixture);

    const { AccessToken, IdToken, RefreshToken } = tokensOf(await signIn(fixture));

    expect(decodeJwt(AccessToken)).toMatchObject({ username: Username, client_id: CLIENT_ID });
    expect(decodeJwt(IdToken)).toMatchObject({ email: EMAIL });
    expect(fixture.calls.map(({ trigger, event }) => [trigger, event.triggerSource])).toEqual([
      ['PreTokenGeneration', 'TokenGeneration_Authentication'],
    ]);
    const refreshed = await fixture.call('InitiateAuth', {
      ClientId: CLIENT_ID,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });
    expect(tokensOf(refreshed)).toHaveProperty('AccessToken');
  });

  test('gives none for a wrong password, which counts in the lockout, or to a stranger', async () => {
    const fixture = open();
    await addUser(fixture);

    for (let wrong = 0; wrong < 5; wrong += 1)
      await expect(signIn(fixture, 'Wrong-Horse-7')).rejects.toMatchObject(INCORRECT);
    await expect(signIn(fixture)).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Password attempts exceeded'),
    );
    await expect(signIn(fixture, PASSWORD, 'nobody@example.com')).rejects.toMatchObject(INCORRECT);
    expect(fixture.calls).toEqual([]);
  });

  test('asks for a new password where it is temporary', async () => {
    const fixture = open();
    await addUser(fixture, 'temporary');

    const challenge = asChallenge(await signIn(fixture));

    expect(challenge).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
    const named = { ...challenge, ChallengeParameters: { USERNAME: EMAIL } };
    const done = await respond(fixture, named, { NEW_PASSWORD: 'Battery-Staple-8' });
    expect(tokensOf(done)).toHaveProperty('IdToken');
    expect(fixture.calls.map(({ event }) => event.triggerSource)).toEqual([
      'TokenGeneration_NewPasswordChallenge',
    ]);
  });

  test('gives no tokens that the pre token trigger refuses', async () => {
    const refuse = () => ({ kind: 'failed' as const, errorType: 'Error', errorMessage: 'a code is missing' });
    const fixture = open({ scripts: { PreTokenGeneration: refuse } });
    await addUser(fixture);

    await expect(signIn(fixture)).rejects.toMatchObject(
      awsError('UserLambdaValidationException', 'PreTokenGeneration failed with error a code is missing.'),
    );
  });

  test('is refused to a disabled user, and calls the triggers around a sign-in', async () => {
    const scripts = { PreAuthentication: () => ({}), PostAuthentication: () => ({}) };
    const fixture = open({ scripts });
    await addUser(fixture);

    await signIn(fixture);
    expect(fixture.triggers()).toEqual(['PreAuthentication', 'PostAuthentication', 'PreTokenGeneration']);
    await fixture.call('AdminDisableUser', { UserPoolId: POOL_ID, Username: EMAIL });
    for (const password of [PASSWORD, 'Wrong-Horse-7']) {
      await expect(signIn(fixture, password)).rejects.toMatchObject(
        awsError('NotAuthorizedException', 'User is disabled.'),
      );
    }
  });

  test('is refused once the client no longer allows it', async () => {
    const fixture = open();
    await addUser(fixture);
    await fixture.call('UpdateUserPoolClient', {
      UserPoolId: POOL_ID,
      ClientId: CLIENT_ID,
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });

    await expect(signIn(fixture)).rejects.toMatchObject(
      awsError('InvalidParameterException', /not enabled for th/),
    );
  });
});

test('USER_PASSWORD_AUTH of a client with a secret needs the hash', async () => {
  const fixture = open({ client: { GenerateSecret: true } });
  await addUser(fixture);

  await expect(byPassword(fixture)).rejects.toMatchObject(
    awsError('NotAuthorizedException', /SECRET_HASH was not received$/),
  );
});

test.each<[string, JsonObject, string]>([
  ['USER_SRP_AUTH', { USERNAME: EMAIL }, 'SRP_A'],
  ['USER_SRP_AUTH', { SRP_A: 'ab' }, 'USERNAME'],
  ['USER_PASSWORD_AUTH', { USERNAME: EMAIL }, 'PASSWORD'],
  ['USER_PASSWORD_AUTH', { PASSWORD }, 'USERNAME'],
])('%s with %j alone lacks %s', async (AuthFlow, AuthParameters, missing) => {
  const input = { ClientId: CLIENT_ID, AuthFlow, AuthParameters };

  await expect(open().call('InitiateAuth', input)).rejects.toMatchObject(
    awsError('InvalidParameterException', `Missing required parameter ${missing}`),
  );
});

test.each([
  [[], ['USER_SRP_AUTH'], ['USER_PASSWORD_AUTH']],
  [['CUSTOM_AUTH_FLOW_ONLY'], [], ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH']],
  [['USER_PASSWORD_AUTH'], ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'], []],
  [['ADMIN_NO_SRP_AUTH'], ['USER_SRP_AUTH'], ['USER_PASSWORD_AUTH']],
])('a client with the flows %j allows %j and not %j', async (ExplicitAuthFlows, allowed, refused) => {
  const fixture = open();
  await addUser(fixture);
  await fixture.call('UpdateUserPoolClient', { UserPoolId: POOL_ID, ClientId: CLIENT_ID, ExplicitAuthFlows });
  const signIns: Readonly<Record<string, SignIn>> = { USER_SRP_AUTH: bySrp, USER_PASSWORD_AUTH: byPassword };

  for (const flow of allowed) expect(await signIns[flow]?.(fixture)).toHaveProperty('AuthenticationResult');
  for (const flow of refused) await expect(signIns[flow]?.(fixture)).rejects.toThrow('not enabled for th');
});
