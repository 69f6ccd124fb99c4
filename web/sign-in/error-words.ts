/** Cognito's and the client library's errors in the words of a sign-in page. */
import { triggerWords } from '../../shared/words/trigger-words.ts';
import { describePasswordProblem } from '../kit/password-words.ts';

/** At which step the error came. */
export type Stage = 'password' | 'newPassword' | 'code';

/** `ends`: the sign-in cannot go on and has to be started again. */
export interface Problem {
  readonly text: string;
  readonly ends: boolean;
}

const stay = (text: string): Problem => ({ text, ends: false });
const end = (text: string): Problem => ({ text, ends: true });

const refusal = (message: string, stage: Stage): Problem => {
  if (/disabled/i.test(message)) return end('This account is disabled. Ask whoever looks after it.');
  if (/attempts exceeded/i.test(message))
    return end('Too many tries with wrong passwords. Wait a while, then try again.');
  if (/temporary password has expired/i.test(message)) {
    return end('Your temporary password has expired. Ask for a new one.');
  }
  if (stage === 'password') return end('The email address or the password is not right.');
  if (/expired/i.test(message) && !/only be used once/i.test(message)) {
    return end('The sign-in has ended because it took too long. Please sign in again.');
  }
  return stage === 'code'
    ? end('The sign-in has ended: too many tries, or it took too long. Please sign in again for a new code.')
    : end('The sign-in has ended, probably because it took too long. Please sign in again.');
};

const BUSY = 'The service is busy. Wait a moment, then try again.';

/** Errors whose meaning does not depend on the stage. */
const KNOWN: Readonly<Record<string, Problem>> = {
  UserNotFoundException: end('The email address or the password is not right.'),
  PasswordResetRequiredException: end('Your password has to be reset. Ask whoever looks after your account.'),
  UserNotConfirmedException: end('This account is not confirmed yet. Ask whoever looks after it.'),
  TooManyRequestsException: stay(BUSY),
  LimitExceededException: stay(BUSY),
  ThrottlingException: stay(BUSY),
  NetworkError: stay('The service does not answer. Check your connection, then try again.'),
  ResourceNotFoundException: end('This page is set up for a user pool that does not exist.'),
  UnexpectedLambdaException: end('Something took too long on our side. Please sign in again.'),
  InvalidLambdaResponseException: end('Something went wrong on our side. Please sign in again.'),
  InternalErrorException: end('Something went wrong on our side. Please sign in again.'),
};

/** What to tell the user, and whether the sign-in can go on. */
export const explainError = (error: unknown, stage: Stage): Problem => {
  const { name = '', message = '' } = (error ?? {}) as { readonly name?: string; readonly message?: string };
  if (name === 'NotAuthorizedException') return refusal(message, stage);
  if (name === 'UserLambdaValidationException') return end(triggerWords(message, Date.now()));
  if (name === 'InvalidPasswordException') return stay(describePasswordProblem(message));
  if (name === 'InvalidParameterException') {
    if (stage === 'password') return stay('The email address or the password cannot be right as typed.');
    if (stage === 'newPassword') return stay(describePasswordProblem(message));
  }
  return KNOWN[name] ?? end('The sign-in could not go on. Please sign in again.');
};
