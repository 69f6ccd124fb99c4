import { expect, test } from 'vitest';
import { writeSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import { loadHandler } from '../../../support/sign-in/trigger.ts';
import { aChallengeId, USER_ID } from '../../../support/table/challenges.ts';

const define = await loadHandler('define-auth-challenge', { MAX_ROUNDS: '3' });

const anEvent = (session: unknown, changes: Readonly<Record<string, unknown>> = {}) => ({
  version: '1',
  triggerSource: 'DefineAuthChallenge_Authentication',
  request: { userAttributes: { sub: USER_ID, 'cognito:user_status': 'CONFIRMED' }, session, ...changes },
  response: { challengeName: null, issueTokens: null, failAuthentication: null },
});

const SRP = { challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null };
const PASSWORD = { ...SRP, challengeName: 'PASSWORD_VERIFIER' };
const CODE = {
  challengeName: 'CUSTOM_CHALLENGE',
  challengeResult: true,
  challengeMetadata: writeSessionMetadata({ challengeId: aChallengeId(), afterStatus: false }),
};

test.each([
  [
    'the password after SRP',
    [SRP],
    { challengeName: 'PASSWORD_VERIFIER', issueTokens: false, failAuthentication: false },
  ],
  [
    'the code after the password',
    [SRP, PASSWORD],
    { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false, failAuthentication: false },
  ],
  ['tokens after the code', [SRP, PASSWORD, CODE], { issueTokens: true, failAuthentication: false }],
  ['failure to an empty session', [], { issueTokens: false, failAuthentication: true }],
  ['failure to no session', null, { issueTokens: false, failAuthentication: true }],
])('returns %s', async (_, session, response) => {
  const answer = await define(anEvent(session));

  expect(answer).toEqual({ ...anEvent(session), response });
});

test('asks a user without a permanent password for one, and a user without attributes for the password', async () => {
  const attributes = { sub: USER_ID, 'cognito:user_status': 'FORCE_CHANGE_PASSWORD' };

  const temporary = await define(anEvent([SRP, PASSWORD], { userAttributes: attributes }));
  const concealed = await define(anEvent([SRP], { userAttributes: null, userNotFound: true }));

  expect(temporary).toMatchObject({ response: { challengeName: 'NEW_PASSWORD_REQUIRED' } });
  expect(concealed).toMatchObject({ response: { challengeName: 'PASSWORD_VERIFIER' } });
});

test('does not start with settings that it cannot use', async () => {
  await expect(loadHandler('define-auth-challenge', { MAX_ROUNDS: 'many' })).rejects.toThrow(
    'Wrong environment: MAX_ROUNDS must be a whole number from 1 to 20',
  );
});
