import { describe, expect, test } from 'vitest';
import { problemOf, type SignInStage } from '../../../../client/problem.ts';
import { describeProblem } from '../../../../client/words/problem-words.ts';
import { toError } from '../../../../services/create-auth-challenge/refusal-error.ts';
import type { RefusalCode } from '../../../../shared/domain/policy.ts';

const NOW = new Date(2026, 2, 2, 10).getTime();
const MINUTE = 60_000;

/** What can be done after this error, and what the person is told. */
const told = (name: string, message: string, stage: SignInStage = 'password') => {
  const problem = problemOf(Object.assign(new Error(message), { name }), stage);
  return { next: problem.next, text: describeProblem(problem, NOW) };
};

describe('Cognito’s refusal', () => {
  test('is told alike for a wrong password and for an address that nobody has', () => {
    const wrong = told('NotAuthorizedException', 'Incorrect username or password.');

    expect(wrong).toEqual({ next: 'startOver', text: 'The email address or the password is not right.' });
    expect(told('UserNotFoundException', 'User does not exist.')).toEqual(wrong);
  });

  test.each([
    ['NotAuthorizedException', 'User is disabled.', /disabled/],
    ['NotAuthorizedException', 'Password attempts exceeded', /Wait a while/],
    [
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
      /temporary password has expired/,
    ],
    ['PasswordResetRequiredException', 'Password reset required for the user', /has to be reset/],
    ['UserNotConfirmedException', 'User is not confirmed.', /not confirmed yet/],
  ])('says what to do: %s, %s', (name, message, words) => {
    expect(told(name, message)).toMatchObject({ next: 'startOver', text: expect.stringMatching(words) });
  });

  const ONCE = 'this step was answered already, here or in another window, or the answer to it was lost';

  test.each([
    ['code', 'Incorrect username or password.', 'has ended: too many tries, those for a new mail included'],
    ['code', 'Invalid session for the user, session is expired.', 'has ended because it took too long'],
    ['code', 'Invalid session for the user, session can only be used once.', `has ended: ${ONCE}`],
    [
      'code',
      'Invalid session for the user, session can only be used once or is expired.',
      `has ended: ${ONCE}, or it took too long`,
    ],
    ['code', 'Invalid session for the user.', 'is not known any more, probably because it took too long'],
    ['newPassword', 'Invalid session for the user, session can only be used once.', `has ended: ${ONCE}`],
    ['password', 'Invalid session for the user, session can only be used once.', `has ended: ${ONCE}`],
    [
      'newPassword',
      'Invalid session for the user.',
      'is not known any more, probably because it took too long',
    ],
    ['newPassword', 'Incorrect username or password.', 'has ended'],
    ['code', 'Something new.', 'has ended'],
  ] as const)(
    'says that the sign-in has ended, and why, and gives no other reason: at the %s, %s',
    (stage, message, words) => {
      const problem = told('NotAuthorizedException', message, stage);

      expect(problem.next).toBe('startOver');
      expect(problem.text).toBe(`The sign-in ${words}. Please sign in again.`);
    },
  );

  test.each([
    [
      'InvalidPasswordException',
      'Password does not conform to policy: Password not long enough',
      'is too short',
    ],
    ['InvalidPasswordException', 'Password must have numeric characters', 'needs a digit'],
    [
      'InvalidParameterException',
      "Value at 'proposedPassword' … regular expression pattern",
      'begins or ends with a space',
    ],
  ])(
    'names the rule that a new password breaks, and lets another be chosen: %s, %s',
    (name, message, words) => {
      const problem = told(name, message, 'newPassword');

      expect(problem).toMatchObject({ next: 'correct', text: expect.stringContaining(words) });
    },
  );

  test('names the step that neither page nor command knows', () => {
    const problem = { code: 'unknownStep', next: 'startOver', detail: 'SMS_MFA' } as const;

    expect(describeProblem(problem, NOW)).toContain('(SMS_MFA)');
  });
});

describe('a trigger’s refusal', () => {
  const wordsFor = (code: RefusalCode, retryAt: number): string => {
    const { message } = toError({ kind: 'refused', code, retryAt });
    const wrapped = `CreateAuthChallenge failed with error ${message}.`;
    const problem = told('UserLambdaValidationException', wrapped, 'code');
    expect(problem).toMatchObject({ next: 'startOver' });
    return problem.text;
  };

  test.each([
    ['a lock', 'LOCKED', NOW + 15 * MINUTE, /^This account is locked .* sign in again from 10:15 on\.$/],
    ['a long lock', 'LOCKED', NOW + 24 * 60 * MINUTE, /sign in again from 3 Mar, 10:00 on\.$/],
    [
      'mails that were not used',
      'SEND_LIMIT',
      NOW + 9 * MINUTE,
      /^No code was mailed, because too many codes were ordered and not used .* from 10:09 on\.$/,
    ],
    [
      'the ceiling of orders',
      'ORDER_LIMIT',
      NOW + 9 * MINUTE,
      /^No code was mailed, because too many codes were ordered for this account\. .* from 10:09 on\.$/,
    ],
    ['a lock for good', 'LOCKED', Number.POSITIVE_INFINITY, /Too many wrong codes .* contact support\.$/],
  ] as const)(
    'is told for %s, in words for people alone, and ends the sign-in',
    (_, code, retryAt, words) => {
      const text = wordsFor(code, retryAt);

      expect(text).toMatch(words);
      expect(text).not.toMatch(/[[\]_]|[A-Z]{3}/);
      // Nobody knows whether mails have arrived.
      expect(text).not.toMatch(/we have mailed|have had/i);
    },
  );

  test('of any other kind is passed on as it is, without what Cognito puts around it', () => {
    const problem = told(
      'UserLambdaValidationException',
      'CreateAuthChallenge failed with error Something went wrong on our side. Please try again..',
      'code',
    );

    expect(problem.text).toBe(
      'The service refuses the sign-in and says: Something went wrong on our side. Please try again.',
    );
  });
});

describe('a failure of the service or of the network', () => {
  test.each([
    ['NetworkError', 'The service does not answer. Check your connection, then try again.'],
    ['TooManyRequestsException', 'The service is busy. Wait a moment, then try again.'],
    ['UnexpectedLambdaException', 'Something took too long on our side. Please sign in again.'],
    ['InvalidLambdaResponseException', 'Something went wrong on our side. Please sign in again.'],
    ['InternalErrorException', 'Something went wrong on our side. Please sign in again.'],
    ['ResourceNotFoundException', 'This page is set up for a user pool that does not exist.'],
    [
      'SignInException',
      'This sign-in cannot go on, probably because the page was loaded again too late. Please sign in again.',
    ],
  ])('says what to do: %s', (name, text) => {
    expect(told(name, 'alice@example.com', 'code').text).toBe(text);
  });

  test.each([
    ['password', 'The email address or the password cannot be right as typed.'],
    ['newPassword', 'The password needs a digit.'],
    ['code', 'The sign-in could not go on. Please sign in again.'],
  ] as const)('says what an input that cannot be is about: the %s', (stage, text) => {
    expect(told('InvalidParameterException', 'must have numeric characters', stage).text).toBe(text);
  });

  test.each(['SomethingNew', 'RangeError'])(
    'that is not known is told without its message, which was not meant for the person: %s',
    (name) => {
      expect(told(name, 'connect ECONNREFUSED 127.0.0.1:1 alice@example.com', 'code').text).toBe(
        'The sign-in could not go on. Please sign in again.',
      );
    },
  );
});
