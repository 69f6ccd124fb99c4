/** The code step by Amplify's `confirmSignIn`, which keeps Cognito's session itself. Amplify is not imported; it is given. */
import type { CodeCalls, CodeReply } from './calls.ts';

/** As much of Amplify's result as is read here. */
export interface AmplifyResult {
  readonly nextStep: {
    readonly signInStep: string;
    readonly additionalInfo?: Readonly<Record<string, string>>;
  };
}

/** Amplify's `confirmSignIn`, from `aws-amplify/auth`. */
export type ConfirmSignIn = (input: {
  challengeResponse: string;
  options?: { clientMetadata?: Record<string, string> };
}) => Promise<AmplifyResult>;

/**
 * How long Amplify keeps Cognito's session for a page that is loaded again, in milliseconds. A little less than its three minutes, so a
 * step that is kept here always has its session.
 */
export const AMPLIFY_KEPT_MS = 175_000;

/** Reads what `signIn` or `confirmSignIn` has returned. */
export const readAmplifyResult = ({ nextStep }: AmplifyResult): CodeReply => {
  const { signInStep, additionalInfo = {} } = nextStep;
  switch (signInStep) {
    case 'DONE':
      return { kind: 'signedIn' };
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return { kind: 'newPassword' };
    case 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE':
      return { kind: 'code', parameters: additionalInfo };
    default:
      return { kind: 'other', name: signInStep };
  }
};

/** `clientMetadata` goes with every call, for instance `{ userAgent: navigator.userAgent }`. */
export const amplifyCalls = (
  confirmSignIn: ConfirmSignIn,
  clientMetadata: Readonly<Record<string, string>> = {},
): CodeCalls => ({
  keptMs: AMPLIFY_KEPT_MS,
  respond: async (challengeResponse, metadata) =>
    readAmplifyResult(
      await confirmSignIn({
        challengeResponse,
        options: { clientMetadata: { ...clientMetadata, ...metadata } },
      }),
    ),
});
