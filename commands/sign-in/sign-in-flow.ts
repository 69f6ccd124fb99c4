/** A sign-in as a client does it: password by SRP, a new password where one is due, then the mailed code. */
import {
  type AuthenticationResultType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  InvalidPasswordException,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
  UserLambdaValidationException,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import { writeClientMetadata } from '../../shared/messages/client-metadata.ts';
import { type CodeChallenge, readPublicParameters } from '../../shared/messages/public-parameters.ts';
import { triggerWords } from '../../shared/words/trigger-words.ts';

export interface Credentials {
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

export type CodeReply = { readonly answer: string } | 'resend';

/** What the person at the client is asked for. */
export interface Person {
  /** The code as typed, or `resend` for another mail. `last`: what was replied in the round before. */
  code(challenge: CodeChallenge, last: CodeReply | undefined): Promise<CodeReply>;
  /** `problem`: why the last one was refused. */
  newPassword(problem?: string): Promise<string>;
}

export type SignInResult =
  | { readonly kind: 'signedIn'; readonly tokens: AuthenticationResultType }
  | { readonly kind: 'refused'; readonly reason: string };

/** Where a sign-in stands: the next challenge, or the tokens. */
export type Step = Pick<
  InitiateAuthCommandOutput,
  'ChallengeName' | 'ChallengeParameters' | 'Session' | 'AuthenticationResult'
>;

const REASONS = {
  PASSWORD_VERIFIER: 'Wrong email address or password.',
  NEW_PASSWORD_REQUIRED: 'The sign-in has ended, probably because it took too long. Start again.',
  CUSTOM_CHALLENGE: 'The sign-in has ended: too many tries, or it took too long. Start again for a new code.',
} as const;

/** The reason for the person, or undefined for what is no answer of Cognito's. */
const explain = (error: unknown, challenge: keyof typeof REASONS): string | undefined => {
  if (error instanceof NotAuthorizedException) return REASONS[challenge];
  if (error instanceof UserLambdaValidationException) return triggerWords(error.message, Date.now());
  return undefined;
};

/** Throws what Cognito refuses for reasons other than the answers given, and what the network does. */
export const signIn = async (
  client: CognitoIdentityProviderClient,
  credentials: Credentials,
  person: Person,
): Promise<SignInResult> => {
  let challenge: keyof typeof REASONS = 'PASSWORD_VERIFIER';
  let reply: CodeReply | undefined;
  try {
    let step = await provePassword(client, credentials);
    while (step.AuthenticationResult === undefined) {
      if (step.ChallengeName === 'NEW_PASSWORD_REQUIRED') {
        challenge = step.ChallengeName;
        step = await chooseNewPassword(client, credentials, person, step);
      } else if (step.ChallengeName === 'CUSTOM_CHALLENGE') {
        challenge = step.ChallengeName;
        reply = await person.code(readPublicParameters(step.ChallengeParameters ?? {}), reply);
        step = await answerCode(client, credentials, step, reply);
      } else {
        return {
          kind: 'refused',
          reason: `The pool asks for ${step.ChallengeName}, which is not supported.`,
        };
      }
    }
    return { kind: 'signedIn', tokens: step.AuthenticationResult };
  } catch (error) {
    const reason = explain(error, challenge);
    if (reason === undefined) throw error;
    return { kind: 'refused', reason };
  }
};

/** Proves the password by SRP and answers Cognito's next challenge. */
export const provePassword = async (
  client: CognitoIdentityProviderClient,
  { poolId, clientId, username, password }: Credentials,
): Promise<Step> => {
  const srp = createSrpSession(username, password, poolId, false);
  const start = {
    AuthFlow: 'CUSTOM_AUTH' as const,
    ClientId: clientId,
    AuthParameters: { CHALLENGE_NAME: 'SRP_A', USERNAME: username },
  };
  const { ChallengeParameters = {}, Session } = await client.send(
    new InitiateAuthCommand(wrapInitiateAuth(srp, start)),
  );
  const answer = {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER' as const,
    ChallengeResponses: { USERNAME: ChallengeParameters.USERNAME ?? username },
    ...(Session !== undefined && { Session }),
  };
  const signed = signSrpSession(srp, { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters });
  return client.send(new RespondToAuthChallengeCommand(wrapAuthChallenge(signed, answer)));
};

const respond = (
  client: CognitoIdentityProviderClient,
  { clientId, username }: Credentials,
  step: Step,
  responses: Readonly<Record<string, string>>,
  clientMetadata?: Record<string, string>,
): Promise<Step> =>
  client.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: step.ChallengeName,
      Session: step.Session,
      ChallengeResponses: { USERNAME: step.ChallengeParameters?.USERNAME ?? username, ...responses },
      ...(clientMetadata && { ClientMetadata: clientMetadata }),
    }),
  );

const chooseNewPassword = async (
  client: CognitoIdentityProviderClient,
  credentials: Credentials,
  person: Person,
  step: Step,
): Promise<Step> => {
  let problem: string | undefined;
  for (;;) {
    const password = await person.newPassword(problem);
    const USERNAME = step.ChallengeParameters?.USER_ID_FOR_SRP ?? credentials.username;
    try {
      return await respond(client, credentials, step, { USERNAME, NEW_PASSWORD: password });
    } catch (error) {
      if (!(error instanceof InvalidPasswordException)) throw error;
      problem = error.message;
    }
  }
};

const answerCode = (
  client: CognitoIdentityProviderClient,
  credentials: Credentials,
  step: Step,
  reply: CodeReply,
): Promise<Step> => {
  if (reply !== 'resend') return respond(client, credentials, step, { ANSWER: reply.answer });
  // Cognito wants an answer in each round; the service does not read this one.
  return respond(client, credentials, step, { ANSWER: 'resend' }, writeClientMetadata({ call: 'resend' }));
};
