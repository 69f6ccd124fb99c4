/** The sign-in by the AWS SDK: the password by SRP, a new password, the answers to the code step, and the end of the session. */
import {
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type AuthResponse, type CodeCalls, sdkCalls } from 'cognito-email-otp/client';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';

interface Config {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Only the local system has one. */
  readonly endpoint?: string;
}

const {
  region,
  userPoolId,
  userPoolClientId: ClientId,
  endpoint,
}: Config = await (await fetch('config.json')).json();

// These calls need no credentials. The SDK sends each once, because the code step knows when one may be sent again.
const client = new CognitoIdentityProviderClient({ region, maxAttempts: 1, ...(endpoint && { endpoint }) });

// What the browser says of itself is kept in the audit trail.
const ClientMetadata = { userAgent: navigator.userAgent };

export const givePassword = async (username: string, password: string): Promise<AuthResponse> => {
  const srp = createSrpSession(username, password, userPoolId, false);
  const started = await client.send(
    new InitiateAuthCommand(
      wrapInitiateAuth(srp, {
        AuthFlow: 'CUSTOM_AUTH',
        ClientId,
        AuthParameters: { CHALLENGE_NAME: 'SRP_A', USERNAME: username },
        ClientMetadata,
      }),
    ),
  );
  const signed = signSrpSession(srp, started);
  return client.send(
    new RespondToAuthChallengeCommand(
      wrapAuthChallenge(signed, {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: { USERNAME: started.ChallengeParameters?.USERNAME ?? username },
        Session: started.Session,
        ClientMetadata,
      }),
    ),
  );
};

/** `asked` is the response that asks for a new password. */
export const giveNewPassword = (asked: AuthResponse, NEW_PASSWORD: string): Promise<AuthResponse> =>
  client.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeResponses: { USERNAME: asked.ChallengeParameters?.USER_ID_FOR_SRP ?? '', NEW_PASSWORD },
      Session: asked.Session,
      ClientMetadata,
    }),
  );

/** `session` is Cognito's, from the response that asks for the code or from a step that was saved. */
export const codeCalls = (username: string, session: string | undefined): CodeCalls =>
  sdkCalls({
    clientId: ClientId,
    username,
    session,
    clientMetadata: ClientMetadata,
    respond: (response) => client.send(new RespondToAuthChallengeCommand(response)),
  });

/** A claim of the ID token, for this page to show. Whoever relies on a token verifies it. */
export const readClaim = ({ IdToken = '' }: AuthenticationResultType, name: string): string => {
  const [, payload = ''] = IdToken.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
  return String(JSON.parse(new TextDecoder().decode(bytes))[name]);
};

export const signOut = async ({ RefreshToken }: AuthenticationResultType): Promise<void> => {
  await client.send(new RevokeTokenCommand({ ClientId, Token: RefreshToken }));
};
