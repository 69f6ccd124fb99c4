/** The texts of the page for every failed call to Cognito. */
import {
  describeRefusal,
  hasEnded,
  mayRepeat,
  type SignInProblem,
  type SignInStage,
} from '../../shared/words/refusal-words.ts';
import { describeServiceFailure } from '../../shared/words/service-failure-words.ts';

/** Failures that only a page can have. The first name is Amplify's. */
const FAILURES: ReadonlyMap<string, SignInProblem> = new Map([
  ['NetworkError', mayRepeat('The service does not answer. Check your connection, then try again.')],
  ['ResourceNotFoundException', hasEnded('This page is set up for a user pool that does not exist.')],
]);

/** Returns the text for the user, and what the user can do. `now` is the service's time in epoch milliseconds. */
export const describeError = (error: unknown, stage: SignInStage, now: number): SignInProblem =>
  describeRefusal(error, stage, now) ??
  describeServiceFailure(error, stage) ??
  FAILURES.get(String((error as Partial<Error> | undefined)?.name)) ??
  hasEnded('The sign-in could not go on. Please sign in again.');
