/** A web app that signs in by aws-amplify. */
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, type SignInOutput, signIn, signOut } from 'aws-amplify/auth';
import { type ClientApp, type Pool, type Reply, refusing } from '../support/client-app.ts';

const readTokens = async (forceRefresh: boolean): Promise<Reply> => {
  const { tokens } = await fetchAuthSession({ forceRefresh });
  return {
    kind: 'tokens',
    id: String(tokens?.idToken),
    access: String(tokens?.accessToken),
  };
};

const toReply = async ({ nextStep }: SignInOutput): Promise<Reply> => {
  if (nextStep.signInStep === 'DONE') return readTokens(false);
  if (nextStep.signInStep === 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE') {
    return { kind: 'challenge', parameters: nextStep.additionalInfo ?? {} };
  }
  throw new Error(`Amplify asks for ${nextStep.signInStep}`);
};

export const createApp = ({ url, poolId, clientId }: Pool): ClientApp => {
  Amplify.configure({
    Auth: { Cognito: { userPoolId: poolId, userPoolClientId: clientId, userPoolEndpoint: url } },
  });
  return {
    signIn: refusing(async (username, password) =>
      toReply(await signIn({ username, password, options: { authFlowType: 'CUSTOM_WITH_SRP' } })),
    ),
    answer: refusing(async (code) => toReply(await confirmSignIn({ challengeResponse: code }))),
    resend: refusing(async () => {
      const options = { clientMetadata: { action: 'resend' } };
      return toReply(await confirmSignIn({ challengeResponse: 'resend', options }));
    }),
    refresh: refusing(() => readTokens(true)),
    signOutEverywhere: refusing(async () => {
      await signOut({ global: true });
      return { kind: 'signedOut' };
    }),
  };
};
