import { describe, expect, test } from 'vitest';
import { createClock } from '../../../../../../local/ground/clock.ts';
import {
  ANSWER,
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  INCORRECT,
  provePassword,
  respond,
  startSrp,
  temporaryFolder,
} from '../fixture.ts';

const USED = awsError(
  'NotAuthorizedException',
  'Invalid session for the user, session can only be used once.',
);
const EXPIRED = awsError('NotAuthorizedException', 'Invalid session for the user, session is expired.');
const INVALID = awsError('NotAuthorizedException', 'Invalid session for the user.');
const MINUTE = 60_000;

const atChallenge = async (options: Parameters<typeof createFixture>[0] = {}) => {
  const fixture = createFixture(options);
  await addUser(fixture);
  return { fixture, challenge: await provePassword(fixture) };
};

describe('a session', () => {
  test('works once', async () => {
    const { fixture, challenge } = await atChallenge();
    await respond(fixture, challenge, { ANSWER: 'wrong' });

    await expect(respond(fixture, challenge, { ANSWER })).rejects.toMatchObject(USED);
  });

  test('works for exactly one of two answers sent at the same time', async () => {
    const { fixture, challenge } = await atChallenge();

    const outcomes = await Promise.allSettled([1, 2].map(() => respond(fixture, challenge, { ANSWER })));

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: USED });
    expect(fixture.triggers().filter((name) => name === 'VerifyAuthChallengeResponse')).toHaveLength(1);
  });

  test('is spent by a wrong password', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const { answer } = await startSrp(fixture, { password: 'Wrong-Horse-7' });

    await expect(fixture.call('RespondToAuthChallenge', answer)).rejects.toMatchObject(INCORRECT);
    await expect(fixture.call('RespondToAuthChallenge', answer)).rejects.toMatchObject(USED);
  });

  test('is spent by an answer whose trigger fails', async () => {
    const failing = () => ({ kind: 'failed', errorType: 'Error', errorMessage: 'no table' }) as const;
    const { fixture, challenge } = await atChallenge({ scripts: { VerifyAuthChallengeResponse: failing } });

    const first = respond(fixture, challenge, { ANSWER });

    await expect(first).rejects.toMatchObject({ code: 'UserLambdaValidationException' });
    await expect(respond(fixture, challenge, { ANSWER })).rejects.toMatchObject(USED);
  });

  test('lasts three minutes unless the client says otherwise', async () => {
    const { fixture, challenge } = await atChallenge();
    fixture.clock.adjust({ offsetMs: 3 * MINUTE });

    await expect(respond(fixture, challenge, { ANSWER })).rejects.toMatchObject(EXPIRED);
  });

  test('lasts as long as AuthSessionValidity says, counted anew for each challenge', async () => {
    const { fixture, challenge } = await atChallenge({ client: { AuthSessionValidity: 15 } });
    fixture.clock.adjust({ offsetMs: 14 * MINUTE });
    const next = await respond(fixture, challenge, { ANSWER: 'wrong' });
    fixture.clock.adjust({ offsetMs: 14 * MINUTE });

    expect(await respond(fixture, next as never, { ANSWER })).toHaveProperty('AuthenticationResult');
  });

  test.each([
    ['another client', { ClientId: 'other' }],
    ['another challenge', { ChallengeName: 'NEW_PASSWORD_REQUIRED' }],
    ['another user', { ChallengeResponses: { USERNAME: 'other@example.com', ANSWER } }],
    ['a changed character', { Session: '' }],
  ])('is refused, but not spent, for %s', async (_, change) => {
    const { fixture, challenge } = await atChallenge();
    const { Session } = challenge;
    const flipped = (Session.startsWith('A') ? 'B' : 'A') + Session.slice(1);
    const request = {
      ClientId: CLIENT_ID,
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeResponses: { USERNAME: EMAIL, ANSWER },
      ...change,
      Session: 'Session' in change ? flipped : Session,
    };

    await expect(fixture.call('RespondToAuthChallenge', request)).rejects.toMatchObject(INVALID);
    expect(await respond(fixture, challenge, { ANSWER })).toHaveProperty('AuthenticationResult');
  });

  test('never begins with a dash, because the AWS CLI would take it for an option', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const start = { ClientId: CLIENT_ID, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: EMAIL } };

    // Of random letters, digits, dashes and underscores, one of 64 begins so.
    const steps = await Promise.all(Array.from({ length: 600 }, () => fixture.call('InitiateAuth', start)));

    expect(steps.filter(({ Session }) => String(Session).startsWith('-'))).toEqual([]);
  });

  test('survives a restart of the pool', async () => {
    const folder = temporaryFolder();
    const { challenge } = await atChallenge({ folder });

    const restarted = createFixture({ folder });

    expect(await respond(restarted, challenge, { ANSWER })).toHaveProperty('AuthenticationResult');
  });

  test('leaves nothing behind once it has expired', async () => {
    const clock = createClock();
    const { fixture } = await atChallenge({ clock });
    const sessions = fixture.state.documents('cognito-session');
    await startSrp(fixture);
    expect(sessions.all()).toHaveLength(2);
    clock.adjust({ offsetMs: 4 * MINUTE });

    await startSrp(fixture);

    expect(sessions.all()).toHaveLength(1);
  });
});
