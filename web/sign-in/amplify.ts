/** The sign-in on aws-amplify: its calls, and its answers as steps. Loaded as a chunk of its own. */
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, type SignInOutput, signIn, signOut } from 'aws-amplify/auth';
import { type Call, writeClientMetadata } from '../../shared/messages/client-metadata.ts';
import { type CodeChallenge, readPublicParameters } from '../../shared/messages/public-parameters.ts';
import type { PoolConfig } from './pool-config.ts';

export type Claims = Readonly<Record<string, unknown>>;

export interface Tokens {
  readonly id: Claims;
  readonly access: Claims;
}

/** What the sign-in asks for next. */
export type Step =
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

const toStep = ({ nextStep }: SignInOutput): Step => {
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

/** What the browser says it is; the audit trail keeps it as a claim. */
const metadata = (call: Call) => ({
  clientMetadata: writeClientMetadata({ call, userAgent: navigator.userAgent }),
});

export const provePassword = async (username: string, password: string): Promise<Step> =>
  toStep(
    await signIn({
      username,
      password,
      options: { authFlowType: 'CUSTOM_WITH_SRP', ...metadata('answer') },
    }),
  );

/** A new password, or a code. */
export const answer = async (challengeResponse: string): Promise<Step> =>
  toStep(await confirmSignIn({ challengeResponse, options: metadata('answer') }));

/** Cognito wants an answer in each round; the service does not read this one. */
export const orderMail = async (): Promise<Step> =>
  toStep(
    await confirmSignIn({
      challengeResponse: 'resend',
      options: metadata('resend'),
    }),
  );

/** Undefined where nobody is signed in. */
export const readTokens = async (): Promise<Tokens | undefined> => {
  const { tokens } = await fetchAuthSession();
  return (
    tokens && {
      id: (tokens.idToken?.payload ?? {}) as Claims,
      access: tokens.accessToken.payload as Claims,
    }
  );
};

export const leave = (): Promise<void> => signOut();
