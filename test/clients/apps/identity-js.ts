/** A web app that signs in by amazon-cognito-identity-js. */
import {
  AuthenticationDetails,
  CognitoUser,
  type CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
  type IAuthenticationCallback,
} from 'amazon-cognito-identity-js';
import { type ClientApp, DONE, type Pool, type Reply, refusing } from '../support/client-app.ts';

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

type Callback<T> = (error?: Error, result?: T) => void;

const called = <T>(call: (callback: Callback<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result as T))));

const done = async (call: (callback: Callback<unknown>) => void): Promise<Reply> => {
  await called(call);
  return DONE;
};

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
    signOut: refusing(() => new Promise((resolve) => user.signOut(() => resolve(DONE)))),
    signOutEverywhere: refusing(
      () =>
        new Promise((resolve, reject) =>
          user.globalSignOut({ onSuccess: () => resolve(DONE), onFailure: reject }),
        ),
    ),
    readAttributes: refusing(async () => {
      const found = await called<readonly CognitoUserAttribute[]>((callback) =>
        user.getUserAttributes(callback),
      );
      const attributes = found.map((attribute) => [attribute.getName(), attribute.getValue()]);
      return { kind: 'attributes', attributes: Object.fromEntries(attributes) };
    }),
    setAttribute: refusing((Name, Value) =>
      done((callback) => user.updateAttributes([{ Name, Value }], callback)),
    ),
    deleteAttribute: refusing((name) => done((callback) => user.deleteAttributes([name], callback))),
    changePassword: refusing((previous, next) =>
      done((callback) => user.changePassword(previous, next, callback)),
    ),
    deleteUser: refusing(() => done((callback) => user.deleteUser(callback))),
  };
};
