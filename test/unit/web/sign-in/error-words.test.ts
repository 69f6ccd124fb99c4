import { describe, expect, test } from 'vitest';
import { describeRefusal } from '../../../../shared/words/refusal-words.ts';
import { describeError } from '../../../../web/sign-in/error-words.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const anError = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('the words for an error', () => {
  test.each([
    ['NotAuthorizedException', 'password'],
    ['InvalidPasswordException', 'newPassword'],
    ['UserLambdaValidationException', 'code'],
  ] as const)('are those of the refusal where it is one: %s', (name, stage) => {
    const error = anError(name, 'no');

    expect(describeError(error, stage, NOW)).toEqual(describeRefusal(error, stage, NOW));
  });

  test.each(['NetworkError', 'TooManyRequestsException', 'LimitExceededException', 'ThrottlingException'])(
    'let the person give the same once more after %s, as that was not at fault',
    (name) => {
      for (const stage of ['password', 'newPassword', 'code'] as const) {
        expect(describeError(anError(name), stage, NOW).next).toBe('repeat');
      }
    },
  );

  test.each(['UnexpectedLambdaException', 'InvalidLambdaResponseException', 'ResourceNotFoundException'])(
    'send the person back to the start after %s',
    (name) => {
      expect(describeError(anError(name), 'code', NOW).next).toBe('startOver');
    },
  );

  test.each([
    ['password', 'The email address or the password cannot be right as typed.'],
    ['newPassword', 'The password needs a digit.'],
    ['code', 'The sign-in could not go on. Please sign in again.'],
  ] as const)('say what an input that cannot be is about: the %s', (stage, text) => {
    const problem = describeError(
      anError('InvalidParameterException', 'must have numeric characters'),
      stage,
      NOW,
    );

    expect(problem.text).toBe(text);
  });

  test('never repeat a message that was not meant for the person', () => {
    const message = 'connect ECONNREFUSED 127.0.0.1:1 alice@example.com';

    for (const error of [
      anError('SomethingNew', message),
      anError('TypeError', message),
      undefined,
      'text',
    ]) {
      expect(describeError(error, 'code', NOW).text).toBe(
        'The sign-in could not go on. Please sign in again.',
      );
    }
  });
});
