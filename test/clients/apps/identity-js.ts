/** A web app that signs in by amazon-cognito-identity-js. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type IAuthenticationCallback,
} from 'amazon-cognito-identity-js';
import { type ClientApp, type Pool, type Reply, refusing } from '../support/client-app.ts';

const toTokens = (session: CognitoUserSession): Reply => ({
  kind: 'tokens',
  id: session.getIdToken().getJwtToken(),
  access: session.getAccessToken().getJwtToken(),
});

/** Waits for the callback that the next step of a sign-in brings. */
const step = (begin: (callbacks: IAuthenticationCallback) => void): Promise<Reply> =>
  new Promise((resolve, reject) =>
    begin({
      onSuccess: (session) => resolve(toTokens(session)),
      onFailure: reject,
      customChallenge: (parameters) => resolve({ kind: 'challenge', parameters }),
    }),
  );

export const createApp = ({ url, poolId, clientId }: Pool): ClientApp => {
  const pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint: url });
  let user: CognitoUser;
  return {
    signIn: refusing((username, password) => {
      user = new CognitoUser({ Username: username, Pool: pool });
      user.setAuthenticationFlowType('CUSTOM_AUTH');
      const details = new AuthenticationDetails({ Username: username, Password: password });
      return step((callbacks) => user.authenticateUser(details, callbacks));
    }),
    answer: refusing((code) => step((callbacks) => user.sendCustomChallengeAnswer(code, callbacks))),
    resend: refusing(() =>
      step((callbacks) => user.sendCustomChallengeAnswer('resend', callbacks, { action: 'resend' })),
    ),
    refresh: refusing(
      () =>
        new Promise((resolve, reject) => {
          const token = user.getSignInUserSession()?.getRefreshToken();
          if (token === undefined) throw new Error('Nobody is signed in');
          user.refreshSession(token, (error, session) =>
            error ? reject(error) : resolve(toTokens(session)),
          );
        }),
    ),
    signOutEverywhere: refusing(
      () =>
        new Promise((resolve, reject) =>
          user.globalSignOut({ onSuccess: () => resolve({ kind: 'signedOut' }), onFailure: reject }),
        ),
    ),
  };
};
