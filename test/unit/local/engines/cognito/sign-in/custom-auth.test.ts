import { describe, expect, test } from 'vitest';
import {
  ANSWER,
  addUser,
  asChallenge,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  INCORRECT,
  provePassword,
  respond,
  startSrp,
} from '../fixture.ts';

const SRP = { challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null };
const VERIFIED = { challengeName: 'PASSWORD_VERIFIER', challengeResult: true, challengeMetadata: null };
const custom = (challengeResult: boolean) => ({
  challengeName: 'CUSTOM_CHALLENGE',
  challengeResult,
  challengeMetadata: 'challenge-1',
});
const startPlain = (fixture: ReturnType<typeof createFixture>, USERNAME = EMAIL) =>
  fixture.call('InitiateAuth', {
    ClientId: CLIENT_ID,
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME },
  });

describe('a sign-in with password and custom challenge', () => {
  test('asks for the password, then for the custom answer, then gives tokens', async () => {
    const fixture = createFixture();
    const { Username } = await addUser(fixture);

    const { challenge, answer } = await startSrp(fixture);
    const second = asChallenge(await fixture.call('RespondToAuthChallenge', answer));
    const result = await respond(fixture, second, { ANSWER });

    expect(challenge.ChallengeName).toBe('PASSWORD_VERIFIER');
    expect(challenge.ChallengeParameters).toMatchObject({ USERNAME: Username, USER_ID_FOR_SRP: Username });
    expect(second.ChallengeName).toBe('CUSTOM_CHALLENGE');
    expect(second.ChallengeParameters).toEqual({ medium: 'EMAIL', USERNAME: Username });
    expect(second.Session).not.toBe(challenge.Session);
    expect(result).toMatchObject({ ChallengeParameters: {}, AuthenticationResult: { TokenType: 'Bearer' } });
    expect(fixture.triggers()).toEqual([
      'DefineAuthChallenge',
      'DefineAuthChallenge',
      'CreateAuthChallenge',
      'VerifyAuthChallengeResponse',
      'DefineAuthChallenge',
    ]);
  });

  test('gives each trigger the event that AWS documents', async () => {
    const fixture = createFixture();
    const { Username } = await addUser(fixture);

    await respond(fixture, await provePassword(fixture), { ANSWER });

    const userAttributes = { sub: Username, email: EMAIL, 'cognito:user_status': 'CONFIRMED' };
    const base = {
      version: '1',
      region: 'eu-central-1',
      userPoolId: 'eu-central-1_Test12345',
      userName: Username,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: CLIENT_ID },
    };
    const common = { userAttributes, userNotFound: false };
    expect(fixture.calls.map(({ event }) => event)).toEqual([
      {
        ...base,
        triggerSource: 'DefineAuthChallenge_Authentication',
        request: { ...common, session: [SRP] },
        response: { challengeName: null, issueTokens: null, failAuthentication: null },
      },
      expect.objectContaining({ request: { ...common, session: [SRP, VERIFIED] } }),
      {
        ...base,
        triggerSource: 'CreateAuthChallenge_Authentication',
        request: { ...common, challengeName: 'CUSTOM_CHALLENGE', session: [SRP, VERIFIED] },
        response: {
          publicChallengeParameters: null,
          privateChallengeParameters: null,
          challengeMetadata: null,
        },
      },
      {
        ...base,
        triggerSource: 'VerifyAuthChallengeResponse_Authentication',
        request: { ...common, privateChallengeParameters: { reference: ANSWER }, challengeAnswer: ANSWER },
        response: { answerCorrect: null },
      },
      expect.objectContaining({ request: { ...common, session: [SRP, VERIFIED, custom(true)] } }),
    ]);
  });

  test('passes ClientMetadata of RespondToAuthChallenge to all three triggers, that of InitiateAuth to none', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    const { answer } = await startSrp(fixture, { clientMetadata: { locale: 'de' } });
    const proof = { ...answer, ClientMetadata: { locale: 'fr' } };
    const challenge = asChallenge(await fixture.call('RespondToAuthChallenge', proof));
    await respond(fixture, challenge, { ANSWER }, { locale: 'it' });

    expect(fixture.calls.map(({ event }) => event.request.clientMetadata)).toEqual([
      undefined,
      { locale: 'fr' },
      { locale: 'fr' },
      { locale: 'it' },
      { locale: 'it' },
    ]);
  });

  test('asks again after a wrong answer, under a new session', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    const first = await provePassword(fixture);
    const second = asChallenge(await respond(fixture, first, { ANSWER: '000000' }));
    const result = await respond(fixture, second, { ANSWER });

    expect(second).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
    expect(second.Session).not.toBe(first.Session);
    expect(result).toHaveProperty('AuthenticationResult');
    expect(fixture.calls.at(-1)?.event.request.session).toEqual([SRP, VERIFIED, custom(false), custom(true)]);
  });

  test('ends when define fails the authentication', async () => {
    const scripts = { VerifyAuthChallengeResponse: () => ({ answerCorrect: false }) };
    const fixture = createFixture({ scripts });
    await addUser(fixture);

    let challenge = await provePassword(fixture);
    for (let wrong = 0; wrong < 4; wrong += 1) {
      challenge = asChallenge(await respond(fixture, challenge, { ANSWER: 'wrong' }));
    }

    await expect(respond(fixture, challenge, { ANSWER: 'wrong' })).rejects.toMatchObject(INCORRECT);
  });

  test('refuses a wrong password before any create call, and does not ask define', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    const { answer } = await startSrp(fixture, { password: 'Wrong-Horse-7' });

    await expect(fixture.call('RespondToAuthChallenge', answer)).rejects.toMatchObject(INCORRECT);
    expect(fixture.triggers()).toEqual(['DefineAuthChallenge']);
  });
});

describe('a sign-in without SRP', () => {
  test('shows define an empty session', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    const challenge = asChallenge(await startPlain(fixture));

    expect(challenge.ChallengeName).toBe('CUSTOM_CHALLENGE');
    expect(fixture.calls[0]?.event.request.session).toEqual([]);
  });

  test('never gives tokens for a user who does not exist', async () => {
    const scripts = { DefineAuthChallenge: () => ({ issueTokens: true }) };
    const fixture = createFixture({ scripts });

    await expect(startPlain(fixture, 'nobody@example.com')).rejects.toMatchObject(INCORRECT);
    expect(fixture.calls[0]?.event.request).toMatchObject({ userNotFound: true, userAttributes: {} });
  });
});

describe('a decision of define that cannot be carried out', () => {
  const invalid = awsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');

  test.each([
    ['PASSWORD_VERIFIER without SRP', { challengeName: 'PASSWORD_VERIFIER' }],
    ['a new password before the old one is proven', { challengeName: 'NEW_PASSWORD_REQUIRED' }],
    ['an unknown challenge', { challengeName: 'RIDDLE' }],
    ['nothing', {}],
    ['a text in place of a truth value', { issueTokens: 'true' }],
  ])('is refused: %s', async (_, response) => {
    const fixture = createFixture({ scripts: { DefineAuthChallenge: () => response } });
    await addUser(fixture);

    await expect(startPlain(fixture)).rejects.toMatchObject(invalid);
  });

  test('is refused: public parameters that are not texts', async () => {
    const scripts = { CreateAuthChallenge: () => ({ publicChallengeParameters: { count: 1 } }) };
    const fixture = createFixture({ scripts });
    await addUser(fixture);

    await expect(provePassword(fixture)).rejects.toMatchObject(invalid);
  });
});
