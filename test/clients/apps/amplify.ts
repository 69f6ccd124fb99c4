/** A web app that signs in by aws-amplify. */
import { Amplify } from 'aws-amplify';
import {
  confirmSignIn,
  deleteUser,
  deleteUserAttributes,
  fetchAuthSession,
  fetchUserAttributes,
  type SignInOutput,
  signIn,
  signOut,
  type UserAttributeKey,
  updatePassword,
  updateUserAttributes,
} from 'aws-amplify/auth';
import { type ClientApp, DONE, type Pool, type Reply, refusing } from '../support/client-app.ts';

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
    signOut: refusing(async () => {
      await signOut();
      return DONE;
    }),
    signOutEverywhere: refusing(async () => {
      await signOut({ global: true });
      return DONE;
    }),
    readAttributes: refusing(async () => ({
      kind: 'attributes',
      attributes: (await fetchUserAttributes()) as Readonly<Record<string, string>>,
    })),
    setAttribute: refusing(async (name, value) => {
      const next = (await updateUserAttributes({ userAttributes: { [name]: value } }))[name];
      if (next?.nextStep.updateAttributeStep !== 'DONE')
        throw new Error(`Amplify wants ${JSON.stringify(next)}`);
      return DONE;
    }),
    deleteAttribute: refusing(async (name) => {
      await deleteUserAttributes({ userAttributeKeys: [name as UserAttributeKey] as [UserAttributeKey] });
      return DONE;
    }),
    changePassword: refusing(async (oldPassword, newPassword) => {
      await updatePassword({ oldPassword, newPassword });
      return DONE;
    }),
    deleteUser: refusing(async () => {
      await deleteUser();
      return DONE;
    }),
  };
};
