import { describe, expect, test } from 'vitest';
import { explainError } from '../../../../web/sign-in/error-words.ts';

const anError = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('the words for an error', () => {
  test('are the same for a wrong password and for an address that nobody has', () => {
    const wrong = explainError(
      anError('NotAuthorizedException', 'Incorrect username or password.'),
      'password',
    );
    const nobody = explainError(anError('UserNotFoundException', 'User does not exist.'), 'password');

    expect(wrong).toEqual(nobody);
    expect(wrong.text).toBe('The email address or the password is not right.');
  });

  test.each([
    ['User is disabled.', /disabled/],
    ['Password attempts exceeded', /Wait a while/],
    [
      'Temporary password has expired and must be reset by an administrator.',
      /temporary password has expired/,
    ],
  ])('say what to do about "%s"', (message, words) => {
    const problem = explainError(anError('NotAuthorizedException', message), 'password');

    expect(problem).toMatchObject({ ends: true, text: expect.stringMatching(words) });
  });

  test('say that a sign-in has ended, and why it may have', () => {
    const refused = anError('NotAuthorizedException', 'Incorrect username or password.');
    const late = anError('NotAuthorizedException', 'Invalid session for the user, session is expired.');

    expect(explainError(refused, 'code')).toMatchObject({
      ends: true,
      text: expect.stringMatching(/too many tries/),
    });
    expect(explainError(late, 'code')).toMatchObject({
      ends: true,
      text: expect.stringMatching(/took too long/),
    });
  });

  test('are those of the trigger, without what Cognito puts around them', () => {
    const error = anError(
      'UserLambdaValidationException',
      'CreateAuthChallenge failed with error Something went wrong on our side. Please try again..',
    );

    expect(explainError(error, 'code').text).toBe('Something went wrong on our side. Please try again.');
  });

  test('say until when a locked user has to wait, and end the sign-in', () => {
    const message =
      'CreateAuthChallenge failed with error Too many wrong codes. Try again later. [LOCKED until 2026-03-02T10:15:00.000Z].';

    const problem = explainError(anError('UserLambdaValidationException', message), 'code');

    expect(problem).toMatchObject({ ends: true, text: expect.stringMatching(/ from .*\d\d:\d\d on\.$/) });
  });

  test.each(['NetworkError', 'TooManyRequestsException', 'LimitExceededException'])(
    'let the person try again after %s',
    (name) => {
      expect(explainError(anError(name), 'code').ends).toBe(false);
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
  ])('name the rule that a new password breaks: %s, %s', (name, message, words) => {
    const problem = explainError(anError(name, message), 'newPassword');

    expect(problem).toMatchObject({ ends: false, text: expect.stringContaining(words) });
  });

  test.each([
    ['password', 'The email address or the password cannot be right as typed.'],
    ['newPassword', 'The password needs a digit.'],
    ['code', 'The sign-in could not go on. Please sign in again.'],
  ] as const)('say what an input that cannot be is about: the %s', (stage, text) => {
    const problem = explainError(anError('InvalidParameterException', 'must have numeric characters'), stage);

    expect(problem.text).toBe(text);
  });

  test('say that choosing a password took too long', () => {
    const problem = explainError(anError('NotAuthorizedException', 'Invalid session.'), 'newPassword');

    expect(problem).toEqual({
      ends: true,
      text: 'The sign-in has ended, probably because it took too long. Please sign in again.',
    });
  });

  test('never repeat a message that was not meant for the person', () => {
    const message = 'connect ECONNREFUSED 127.0.0.1:1 alice@example.com';

    for (const error of [
      anError('SomethingNew', message),
      anError('TypeError', message),
      undefined,
      'text',
    ]) {
      expect(explainError(error, 'code').text).toBe('The sign-in could not go on. Please sign in again.');
    }
  });
});
