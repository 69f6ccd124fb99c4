/** Signs in by aws-amplify. The page loads this file as a separate chunk. */
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import { amplifyCalls, readAmplifyResult } from '../../client/amplify.ts';
import type { CodeCalls, CodeReply } from '../../client/calls.ts';
import { writeClientMetadata } from '../../shared/messages/client-metadata.ts';
import type { PoolConfig } from './pool-config.ts';

/** The claims of the ID token and of the access token. */
export interface TokenClaims {
  readonly id: Readonly<Record<string, unknown>>;
  readonly access: Readonly<Record<string, unknown>>;
}

/** What the page needs of Cognito. */
export interface SignInClient {
  startSignIn(username: string, password: string): Promise<CodeReply>;
  chooseNewPassword(password: string): Promise<CodeReply>;
  /** The calls of the step that asks for the code. */
  readonly codeCalls: CodeCalls;
  /** Returns undefined if nobody is signed in. */
  readTokens(): Promise<TokenClaims | undefined>;
  /** Calls `onChange` when another tab signs in or out, because all tabs of a browser share the tokens. */
  watchOtherTabs(onChange: () => Promise<void>): void;
  leave(): Promise<void>;
}

/** Amplify stores the tokens one by one, so the page waits this long after the last change. */
const SETTLE_MS = 150;

const watchOtherTabs = (onChange: () => Promise<void>): void => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener('storage', ({ key }) => {
    if (key !== null && !key.startsWith('CognitoIdentityServiceProvider.')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void onChange(), SETTLE_MS);
  });
};

const readTokens = async (): Promise<TokenClaims | undefined> => {
  const { tokens } = await fetchAuthSession();
  return tokens && { id: tokens.idToken?.payload ?? {}, access: tokens.accessToken.payload };
};

/** `locale` is the page's language, in which the mail will be if the user has set none. */
export const createAmplifyClient = (
  { userPoolId, userPoolClientId, endpoint }: PoolConfig,
  locale: string,
): SignInClient => {
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId, userPoolClientId, ...(endpoint && { userPoolEndpoint: endpoint }) },
    },
  });
  // The browser's description of itself, which the audit trail keeps as a claim.
  const { userAgent } = navigator;
  const clientMetadata = writeClientMetadata({ call: 'answer', userAgent, locale });
  const options = { clientMetadata };
  return {
    startSignIn: async (username, password) =>
      readAmplifyResult(
        await signIn({ username, password, options: { authFlowType: 'CUSTOM_WITH_SRP', ...options } }),
      ),
    chooseNewPassword: async (challengeResponse) =>
      readAmplifyResult(await confirmSignIn({ challengeResponse, options })),
    codeCalls: amplifyCalls(confirmSignIn, clientMetadata),
    readTokens,
    watchOtherTabs,
    leave: () => signOut(),
  };
};
