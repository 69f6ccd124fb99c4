/** Signs in as any client does: with the password by SRP, a new password if Cognito asks for one, and the mailed code. */
import {
  type AuthenticationResultType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import type { ServiceClock } from '../../shared/clock/service-clock.ts';
import { ANSWER_OF, type ClientCall, writeClientMetadata } from '../../shared/messages/client-metadata.ts';
import { type CodeChallenge, readPublicParameters } from '../../shared/messages/public-parameters.ts';
import { describeRefusal, describeUnknownStep, type SignInStage } from '../../shared/words/refusal-words.ts';
import { describeServiceFailure } from '../../shared/words/service-failure-words.ts';

export interface Credentials {
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

/** The answer to the code, or another call: for one more mail, or for how the mail stands. */
export type CodeReply = { readonly answer: string } | Exclude<ClientCall, 'answer'>;

/** Gives the sign-in what only a person knows. */
export interface Person {
  /** Returns the answer as it was typed, or what else is asked for. `last` is the reply of the round before. */
  code(challenge: CodeChallenge, last: CodeReply | undefined): Promise<CodeReply>;
  /** Returns a new password. `problem` says why the last one was refused. */
  newPassword(problem?: string): Promise<string>;
}

export type SignInResult =
  | { readonly kind: 'signedIn'; readonly tokens: AuthenticationResultType }
  | { readonly kind: 'refused'; readonly reason: string };

/** Cognito's response: the next challenge, or the tokens. */
export type Step = Pick<
  InitiateAuthCommandOutput,
  'ChallengeName' | 'ChallengeParameters' | 'Session' | 'AuthenticationResult'
>;

/** Returns `refused` if Cognito refuses the user or an answer. Throws every other error of Cognito and of the network. */
export const signIn = async (
  client: CognitoIdentityProviderClient,
  credentials: Credentials,
  person: Person,
  clock: ServiceClock,
): Promise<SignInResult> => {
  let stage: SignInStage = 'password';
  let reply: CodeReply | undefined;
  try {
    let step = await provePassword(client, credentials);
    while (step.AuthenticationResult === undefined) {
      if (step.ChallengeName === 'NEW_PASSWORD_REQUIRED') {
        stage = 'newPassword';
        step = await chooseNewPassword(client, credentials, person, step, clock);
      } else if (step.ChallengeName === 'CUSTOM_CHALLENGE') {
        stage = 'code';
        reply = await person.code(readPublicParameters(step.ChallengeParameters ?? {}), reply);
        step = await answerCode(client, credentials, step, reply);
      } else {
        return { kind: 'refused', reason: describeUnknownStep(String(step.ChallengeName)) };
      }
    }
    return { kind: 'signedIn', tokens: step.AuthenticationResult };
  } catch (error) {
    await clock.compare();
    const problem = describeRefusal(error, stage, clock.now()) ?? describeServiceFailure(error, stage);
    if (problem === undefined) throw error;
    return { kind: 'refused', reason: problem.text };
  }
};

/** Proves the password by SRP. Returns Cognito's next step. */
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
  clock: Pick<ServiceClock, 'now'>,
): Promise<Step> => {
  let problem: string | undefined;
  for (;;) {
    const password = await person.newPassword(problem);
    const USERNAME = step.ChallengeParameters?.USER_ID_FOR_SRP ?? credentials.username;
    try {
      return await respond(client, credentials, step, { USERNAME, NEW_PASSWORD: password });
    } catch (error) {
      const refusal = describeRefusal(error, 'newPassword', clock.now());
      if (refusal === undefined || refusal.next === 'startOver') throw error;
      problem = refusal.text;
    }
  }
};

const answerCode = (
  client: CognitoIdentityProviderClient,
  credentials: Credentials,
  step: Step,
  reply: CodeReply,
): Promise<Step> => {
  if (typeof reply === 'object') return respond(client, credentials, step, { ANSWER: reply.answer });
  const metadata = writeClientMetadata({ call: reply });
  return respond(client, credentials, step, { ANSWER: ANSWER_OF[reply] }, metadata);
};
