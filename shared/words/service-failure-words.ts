/** Explains to the person who signs in, on the page or by the command, that Cognito or a trigger has failed. */
import { hasEnded, isWrong, mayRepeat, type SignInProblem, type SignInStage } from './refusal-words.ts';

const BUSY = mayRepeat('The service is busy. Wait a moment, then try again.');
const WENT_WRONG = hasEnded('Something went wrong on our side. Please sign in again.');

/** By Cognito's name of the exception. */
const FAILURES: ReadonlyMap<string, SignInProblem> = new Map([
  ['TooManyRequestsException', BUSY],
  ['LimitExceededException', BUSY],
  ['ThrottlingException', BUSY],
  ['UnexpectedLambdaException', hasEnded('Something took too long on our side. Please sign in again.')],
  ['InvalidLambdaResponseException', WENT_WRONG],
  ['InternalErrorException', WENT_WRONG],
]);

/** Returns undefined for an error that is not one of Cognito's failures. */
export const describeServiceFailure = (error: unknown, stage: SignInStage): SignInProblem | undefined => {
  const { name = '' } = (error ?? {}) as Partial<Error>;
  if (name === 'InvalidParameterException' && stage === 'password') {
    return isWrong('The email address or the password cannot be right as typed.');
  }
  return FAILURES.get(name);
};
