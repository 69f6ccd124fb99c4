import type { DefineAuthChallengeTriggerEvent } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FAIL,
  ISSUE_TOKENS,
  nextChallenge,
  readSession,
  readUser,
  writeNextStep,
} from '../../../../shared/messages/cognito-session.ts';
import { aChallengeId, USER_ID } from '../../../support/table/challenges.ts';

describe('readSession', () => {
  test('reads names, results and references, oldest first', () => {
    const session = readSession([
      { challengeName: 'SRP_A', challengeResult: true, challengeMetadata: null },
      {
        challengeName: 'CUSTOM_CHALLENGE',
        challengeResult: false,
        challengeMetadata: `challenge-${aChallengeId()}`,
        new: 'field',
      },
    ]);

    expect(session).toEqual([
      { challengeName: 'SRP_A', succeeded: true },
      {
        challengeName: 'CUSTOM_CHALLENGE',
        succeeded: false,
        afterStatus: false,
        challengeId: aChallengeId(),
      },
    ]);
  });

  test.each([[null], [undefined], [''], [{}], [{ length: 1, 0: { challengeName: 'SRP_A' } }]])(
    'reads %j as an empty session',
    (raw) => {
      const session = readSession(raw);

      expect(session).toEqual([]);
    },
  );

  test.each([['true'], [1], [null], [undefined], [{}]])(
    'takes the result %j for a failure',
    (challengeResult) => {
      const session = readSession([{ challengeName: 'SRP_A', challengeResult }]);

      expect(session).toEqual([{ challengeName: 'SRP_A', succeeded: false }]);
    },
  );

  test.each([
    [null],
    [''],
    ['challenge-'],
    [aChallengeId()],
    ['challenge-0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11'],
    [`challenge-${aChallengeId()} `],
    [`challenge-${aChallengeId().toUpperCase()}X`],
    [{ challengeId: aChallengeId() }],
  ])('finds no reference in the metadata %j', (challengeMetadata) => {
    const [entry] = readSession([{ challengeName: 'CUSTOM_CHALLENGE', challengeMetadata }]);

    expect(entry).not.toHaveProperty('challengeId');
  });

  test('keeps the number of entries and never throws, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.anything({ withNullPrototype: true })), (raw) => {
        const session = readSession(raw);

        expect(session).toHaveLength(raw.length);
      }),
    );
  });
});

describe('readUser', () => {
  test('reads what the service needs to know', () => {
    const user = readUser({
      userAttributes: { sub: USER_ID, email: 'alice@example.com', email_verified: 'true', locale: 'de' },
    });

    expect(user).toEqual({ userId: USER_ID, email: 'alice@example.com', emailVerified: true, locale: 'de' });
  });

  test('reads a user with nothing but a subject', () => {
    const user = readUser({ userAttributes: { sub: USER_ID, email: null, locale: 7 } });

    expect(user).toEqual({ userId: USER_ID, email: undefined, emailVerified: false, locale: undefined });
  });

  test.each([
    ['Cognito conceals that there is none', { userAttributes: { sub: USER_ID }, userNotFound: true }],
    ['there are no attributes', {}],
    ['the attributes are null', { userAttributes: null }],
    ['the subject is empty', { userAttributes: { sub: '' } }],
    ['the subject is no text', { userAttributes: { sub: 7 } }],
  ])('returns no user if %s', (_, request) => {
    const user = readUser(request);

    expect(user).toBeUndefined();
  });

  test.each([[false], [null], [undefined]])('returns the user if userNotFound is %j', (userNotFound) => {
    const user = readUser({ userAttributes: { sub: USER_ID }, userNotFound });

    expect(user?.userId).toBe(USER_ID);
  });
});

describe('writeNextStep', () => {
  const event = {
    userName: 'alice',
    request: { session: [] },
    response: { challengeName: 'OLD', issueTokens: true, failAuthentication: true },
  } as unknown as DefineAuthChallengeTriggerEvent;

  test.each([
    [
      nextChallenge('CUSTOM_CHALLENGE'),
      { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false, failAuthentication: false },
    ],
    [ISSUE_TOKENS, { issueTokens: true, failAuthentication: false }],
    [FAIL, { issueTokens: false, failAuthentication: true }],
  ])('returns %j with nothing left over from the event', (step, response) => {
    const written = writeNextStep(event, step);

    expect(written).toEqual({ userName: 'alice', request: { session: [] }, response });
  });
});
