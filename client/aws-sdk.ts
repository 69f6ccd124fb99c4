/** The code step by `RespondToAuthChallenge` of the AWS SDK. The SDK is not imported; its call is given. */
import type { ChallengeParameters, CodeCalls, CodeReply } from './calls.ts';

/** As much of `RespondToAuthChallengeCommandInput` as is written here. */
export interface ChallengeResponse {
  ClientId: string;
  ChallengeName: 'CUSTOM_CHALLENGE';
  Session: string | undefined;
  ChallengeResponses: Record<string, string>;
  ClientMetadata: Record<string, string>;
}

/** As much of the response of `InitiateAuth` and `RespondToAuthChallenge` as is read here. */
export interface AuthResponse {
  readonly ChallengeName?: string | undefined;
  readonly ChallengeParameters?: ChallengeParameters | undefined;
  readonly Session?: string | undefined;
  readonly AuthenticationResult?: unknown;
}

export interface SdkCallsOptions {
  readonly clientId: string;
  /** As the person typed it. */
  readonly username: string;
  /** Cognito's session: of the response that asks for the code, or of a step that was saved. */
  readonly session: string | undefined;
  /** The base64 HMAC of user name and client id, for a client with a secret. Only a server may have one. */
  readonly secretHash?: string;
  /** Goes with every call, for instance `{ userAgent }`. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** Sends the call: `(input) => client.send(new RespondToAuthChallengeCommand(input))`. */
  respond(input: ChallengeResponse): Promise<AuthResponse>;
}

/** Reads a response of `InitiateAuth` or `RespondToAuthChallenge`. */
export const readSdkResponse = (response: AuthResponse): CodeReply => {
  const {
    AuthenticationResult: tokens,
    ChallengeName: name,
    ChallengeParameters: parameters = {},
  } = response;
  if (tokens !== undefined && tokens !== null) return { kind: 'signedIn', tokens };
  if (name === 'CUSTOM_CHALLENGE') return { kind: 'code', parameters };
  return name === 'NEW_PASSWORD_REQUIRED' ? { kind: 'newPassword' } : { kind: 'other', name: String(name) };
};

export const sdkCalls = (options: SdkCallsOptions): CodeCalls => {
  const { clientId, username, secretHash, clientMetadata, respond } = options;
  let { session } = options;
  return {
    session: () => session,
    respond: async (answer, metadata) => {
      const response = await respond({
        ClientId: clientId,
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session: session,
        ChallengeResponses: {
          USERNAME: username,
          ANSWER: answer,
          ...(secretHash !== undefined && { SECRET_HASH: secretHash }),
        },
        ClientMetadata: { ...clientMetadata, ...metadata },
      });
      session = response.Session;
      return readSdkResponse(response);
    },
  };
};
