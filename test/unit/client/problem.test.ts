import { describe, expect, test } from 'vitest';
import { type ProblemCode, problemOf, problemOfStep, type SignInStage } from '../../../client/problem.ts';

const STAGES: readonly SignInStage[] = ['password', 'newPassword', 'code'];
const UNKNOWN = { code: 'unknown', next: 'startOver' };

const anError = (name: string, message = '', code?: string) =>
  Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });

describe('a problem', () => {
  test.each([
    ['NotAuthorizedException', 'password', 'wrongPassword', 'startOver'],
    ['InvalidPasswordException', 'newPassword', 'passwordNotAllowed', 'correct'],
    ['InvalidParameterException', 'newPassword', 'passwordNotAllowed', 'correct'],
    ['InvalidParameterException', 'password', 'invalidInput', 'correct'],
    ['UserLambdaValidationException', 'code', 'refused', 'startOver'],
    ['UnexpectedLambdaException', 'code', 'tooSlow', 'startOver'],
    ['InvalidLambdaResponseException', 'code', 'failed', 'startOver'],
    ['ResourceNotFoundException', 'code', 'poolMissing', 'startOver'],
    ['SignInException', 'code', 'stepForgotten', 'startOver'],
  ] as const)('has a word, and says what can be done: %s at the %s', (name, stage, code, next) => {
    expect(problemOf(anError(name, 'no'), stage)).toMatchObject({ code, next });
  });

  test.each([
    ['session can only be used once.', 'sessionUsed'],
    ['session is expired.', 'sessionExpired'],
    ['session can only be used once or is expired.', 'sessionOver'],
  ])('of a session is the one that Cognito names, and neither where it names two: %s', (reason, code) => {
    for (const stage of STAGES) {
      const error = anError('NotAuthorizedException', `Invalid session for the user, ${reason}`);

      expect(problemOf(error, stage)).toEqual({ code, next: 'startOver' });
    }
  });

  test.each(['NetworkError', 'TooManyRequestsException', 'LimitExceededException', 'ThrottlingException'])(
    'lets the person give the same once more after %s, as that was not at fault',
    (name) => {
      for (const stage of STAGES) expect(problemOf(anError(name), stage).next).toBe('repeat');
    },
  );

  test.each([
    ['Chromium', anError('TypeError', 'Failed to fetch')],
    ['Firefox', anError('TypeError', 'NetworkError when attempting to fetch resource.')],
    ['Safari', anError('TypeError', 'Load failed')],
    ['Node', anError('Error', 'connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')],
    ['Node, where a name cannot be found', anError('Error', 'getaddrinfo EAI_AGAIN', 'EAI_AGAIN')],
    ['the SDK', anError('TimeoutError', 'Connection timed out')],
    ['Safari without a network', anError('TypeError', 'The Internet connection appears to be offline.')],
    ['undici, where the answer breaks off', anError('TypeError', 'terminated')],
    ['Node, where TLS fails', anError('Error', 'write EPROTO', 'EPROTO')],
    ['Node, where a stream ends early', anError('Error', 'Premature close', 'ERR_STREAM_PREMATURE_CLOSE')],
    ['Amplify, where the answer breaks off', anError('Unknown', 'An unknown error has occurred.')],
    ['Amplify, where a page of HTML came', anError('SyntaxError', 'Unexpected token < in JSON')],
    ['the SDK, of a gateway', Object.assign(anError('Unknown'), { $metadata: { httpStatusCode: 502 } })],
    ['an AWS service that is down', anError('ServiceUnavailableException')],
  ])('of a connection is known however it is said: by %s', (_, error) => {
    expect(problemOf(error, 'code')).toEqual({ code: 'noAnswer', next: 'repeat' });
  });
});

describe('no known problem', () => {
  test('is what the code’s input is, because the client is at fault', () => {
    expect(problemOf(anError('InvalidParameterException', 'alice@example.com'), 'code')).toEqual(UNKNOWN);
  });

  test.each(['SomethingNew', 'toString', 'TypeError', 'undefined'])('is %s', (name) => {
    expect(problemOf(anError(name, 'alice@example.com'), 'code')).toEqual(UNKNOWN);
  });

  test.each([undefined, null, 'text', {}, { name: 5 }])('is what is no error: %s', (error) => {
    expect(problemOf(error, 'code')).toEqual(UNKNOWN);
  });
});

const denied = (message: string) => anError('NotAuthorizedException', message);
const refused = (text: string) =>
  anError('UserLambdaValidationException', `CreateAuthChallenge failed with error ${text}.`);

/** A code that is added to the type and not here is a type error. That of an unknown step comes from the step itself. */
const EVERY: Readonly<Record<Exclude<ProblemCode, 'unknownStep'>, readonly [SignInStage, unknown]>> = {
  wrongPassword: ['password', denied('Incorrect username or password.')],
  tooManyPasswords: ['password', denied('Password attempts exceeded')],
  temporaryPasswordExpired: [
    'password',
    denied('Temporary password has expired and must be reset by an administrator.'),
  ],
  passwordResetRequired: ['password', anError('PasswordResetRequiredException')],
  passwordNotAllowed: ['newPassword', anError('InvalidPasswordException', 'Password not long enough')],
  invalidInput: ['password', anError('InvalidParameterException')],
  userDisabled: ['code', denied('User is disabled.')],
  userNotConfirmed: ['password', anError('UserNotConfirmedException')],
  sessionUsed: ['code', denied('Invalid session for the user, session can only be used once.')],
  sessionExpired: ['code', denied('Invalid session for the user, session is expired.')],
  sessionOver: ['code', denied('Invalid session for the user, session can only be used once or is expired.')],
  sessionUnknown: ['code', denied('Invalid session for the user.')],
  stepForgotten: ['code', anError('SignInException', 'An error occurred during the sign in process.')],
  tooManyRounds: ['code', denied('Incorrect username or password.')],
  locked: ['code', refused('Too many wrong codes. Try again later. [LOCKED until 2026-03-02T10:15:00.000Z]')],
  tooManyMails: ['password', refused('Too many codes. [SEND_LIMIT until 2026-03-02T10:15:00.000Z]')],
  tooManyOrders: ['password', refused('Far too many codes. [ORDER_LIMIT until 2026-03-02T10:15:00.000Z]')],
  refused: ['code', refused('Sign in again.')],
  ended: ['code', denied('Something else')],
  alreadySignedIn: [
    'password',
    anError('UserAlreadyAuthenticatedException', 'There is already a signed in user.'),
  ],
  noAnswer: ['code', anError('NetworkError', 'A network error has occurred.')],
  busy: ['code', anError('TooManyRequestsException')],
  tooSlow: ['code', anError('UnexpectedLambdaException')],
  failed: ['code', anError('InternalErrorException')],
  poolMissing: ['password', anError('ResourceNotFoundException')],
  unknown: ['code', anError('SomethingNew')],
};

test.each(Object.entries(EVERY))('every problem is recognized: %s', (code, [stage, error]) => {
  expect(problemOf(error, stage).code).toBe(code);
});

test.each([null, 5, undefined])('a message that is no text does no harm: %s', (message) => {
  for (const name of ['UserLambdaValidationException', 'NotAuthorizedException']) {
    expect(problemOf({ name, message }, 'code').next).toBe('startOver');
  }
});

test('verify-auth-challenge that has failed is a failure of the service, and no refusal', () => {
  const message = 'VerifyAuthChallengeResponse failed with error Something went wrong on our side..';

  expect(problemOf(anError('UserLambdaValidationException', message), 'code').code).toBe('failed');
});

test.each([
  ['RESET_PASSWORD', { code: 'passwordResetRequired', next: 'startOver' }],
  ['CONFIRM_SIGN_UP', { code: 'userNotConfirmed', next: 'startOver' }],
  ['SMS_MFA', { code: 'unknownStep', next: 'startOver', detail: 'SMS_MFA' }],
])('a step that is no code is what it means: %s', (name, problem) => {
  expect(problemOfStep(name)).toEqual(problem);
});

test('a rate that a gateway limits is a busy service', () => {
  const error = Object.assign(anError('SyntaxError'), { $metadata: { httpStatusCode: 429 } });

  expect(problemOf(error, 'code').code).toBe('busy');
});
