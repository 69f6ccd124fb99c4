/** Signs in by aws-amplify, and turns its results into steps. The page loads this file as a separate chunk. */
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, type SignInOutput, signIn, signOut } from 'aws-amplify/auth';
import { ANSWER_OF, type ClientCall, writeClientMetadata } from '../../shared/messages/client-metadata.ts';
import { type CodeChallenge, readPublicParameters } from '../../shared/messages/public-parameters.ts';
import type { PoolConfig } from './pool-config.ts';

/** The claims of the ID token and of the access token. */
export interface TokenClaims {
  readonly id: Readonly<Record<string, unknown>>;
  readonly access: Readonly<Record<string, unknown>>;
}

/** The next step of the sign-in. */
export type SignInStep =
  | { readonly kind: 'code'; readonly challenge: CodeChallenge }
  | { readonly kind: 'newPassword' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'unsupported'; readonly name: string };

export const configure = ({ userPoolId, userPoolClientId, endpoint }: PoolConfig): void =>
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId, userPoolClientId, ...(endpoint && { userPoolEndpoint: endpoint }) },
    },
  });

const toStep = ({ nextStep }: SignInOutput): SignInStep => {
  switch (nextStep.signInStep) {
    case 'DONE':
      return { kind: 'signedIn' };
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return { kind: 'newPassword' };
    case 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE':
      return { kind: 'code', challenge: readPublicParameters(nextStep.additionalInfo ?? {}) };
    default:
      return { kind: 'unsupported', name: nextStep.signInStep };
  }
};

/** The browser's description of itself, which the audit trail keeps as a claim. */
const metadata = (call: ClientCall) => ({
  clientMetadata: writeClientMetadata({ call, userAgent: navigator.userAgent }),
});

export const startSignIn = async (username: string, password: string): Promise<SignInStep> =>
  toStep(
    await signIn({
      username,
      password,
      options: { authFlowType: 'CUSTOM_WITH_SRP', ...metadata('answer') },
    }),
  );

/** Answers with a new password or with a code. */
export const answer = async (challengeResponse: string): Promise<SignInStep> =>
  toStep(await confirmSignIn({ challengeResponse, options: metadata('answer') }));

export const orderMail = async (): Promise<SignInStep> =>
  toStep(await confirmSignIn({ challengeResponse: ANSWER_OF.resend, options: metadata('resend') }));

/** Returns undefined if nobody is signed in. */
export const readTokens = async (): Promise<TokenClaims | undefined> => {
  const { tokens } = await fetchAuthSession();
  return tokens && { id: tokens.idToken?.payload ?? {}, access: tokens.accessToken.payload };
};

/** Amplify stores the tokens one by one, so the page waits this long after the last change. */
const SETTLE_MS = 150;

/** Calls `onChange` when another tab signs in or out, because all tabs of a browser share the tokens. */
export const watchOtherTabs = (onChange: () => Promise<void>): void => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener('storage', ({ key }) => {
    if (key !== null && !key.startsWith('CognitoIdentityServiceProvider.')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void onChange(), SETTLE_MS);
  });
};

export const leave = (): Promise<void> => signOut();
