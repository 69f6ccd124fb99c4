/**
 * The step of a sign-in that asks for the mailed code, without a page. It needs neither Node nor a browser, and no other package.
 *
 * @module cognito-email-otp/client
 */

export type { ServiceClock } from '../shared/clock/service-clock.ts';
export type { DeliveryStatus, FinalReport } from '../shared/domain/challenge.ts';
export type { LimitCode } from '../shared/domain/policy.ts';
export type { ClientCall, ClientMetadataTexts } from '../shared/messages/client-metadata.ts';
export {
  type ChallengeStatus,
  type CodeChallenge,
  type PublicParameters,
  readPublicParameters,
} from '../shared/messages/public-parameters.ts';
export {
  AMPLIFY_KEPT_MS,
  type AmplifyResult,
  amplifyCalls,
  type ConfirmSignIn,
  readAmplifyResult,
} from './amplify.ts';
export {
  type AuthResponse,
  type ChallengeResponse,
  readSdkResponse,
  type SdkCallsOptions,
  sdkCalls,
} from './aws-sdk.ts';
export type { ChallengeParameters, CodeCalls, CodeReply } from './calls.ts';
export type { CodeFate } from './code-fate.ts';
export {
  type CodeStep,
  type CodeStepOptions,
  createCodeStep,
  type NewCodeStep,
  resumeCodeStep,
} from './code-step.ts';
export type { CodeEnd, CodeNews } from './news.ts';
export {
  type ProblemCode,
  problemOf,
  problemOfStep,
  type SignInProblem,
  type SignInStage,
} from './problem.ts';
export type {
  AskingForCode,
  AwaitedMail,
  BackToPassword,
  CodeStepState,
  SavedStep,
  SignedIn,
} from './step-state.ts';
