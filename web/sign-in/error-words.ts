/** The texts of the page for every failed call to Cognito. */
import {
  canGoOn,
  describeRefusal,
  hasEnded,
  type SignInProblem,
  type SignInStage,
} from '../../shared/words/refusal-words.ts';

const BUSY = canGoOn('The service is busy. Wait a moment, then try again.');
const WENT_WRONG = hasEnded('Something went wrong on our side. Please sign in again.');

/** Failures of the network, the service and the page's set-up. The first name is Amplify's, the others are Cognito's. */
const FAILURES: Readonly<Record<string, SignInProblem>> = {
  NetworkError: canGoOn('The service does not answer. Check your connection, then try again.'),
  TooManyRequestsException: BUSY,
  LimitExceededException: BUSY,
  ThrottlingException: BUSY,
  ResourceNotFoundException: hasEnded('This page is set up for a user pool that does not exist.'),
  UnexpectedLambdaException: hasEnded('Something took too long on our side. Please sign in again.'),
  InvalidLambdaResponseException: WENT_WRONG,
  InternalErrorException: WENT_WRONG,
};

const describeFailure = (error: unknown, stage: SignInStage): SignInProblem => {
  const { name = '' } = (error ?? {}) as Partial<Error>;
  if (name === 'InvalidParameterException' && stage === 'password') {
    return canGoOn('The email address or the password cannot be right as typed.');
  }
  return FAILURES[name] ?? hasEnded('The sign-in could not go on. Please sign in again.');
};

/** Returns the text for the user, and whether the sign-in can go on. */
export const describeError = (error: unknown, stage: SignInStage): SignInProblem =>
  describeRefusal(error, stage, Date.now()) ?? describeFailure(error, stage);
