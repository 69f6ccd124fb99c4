/** Signs in as any client does: with the password by SRP, a new password if Cognito asks for one, and the mailed code. */
import {
  type AuthenticationResultType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import { sdkCalls } from '../../client/aws-sdk.ts';
import { type CodeStep, createCodeStep } from '../../client/code-step.ts';
import { problemOf, problemOfStep, type SignInProblem, type SignInStage } from '../../client/problem.ts';
import type { BackToPassword, SignedIn } from '../../client/step-state.ts';
import { describeStep } from '../../client/words/describe-step.ts';
import { describeProblem } from '../../client/words/problem-words.ts';
import type { ServiceClock } from '../../shared/clock/service-clock.ts';

export interface Credentials {
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

/** Gives the sign-in what only a person knows. */
export interface Person {
  /** Goes through the step until it ends. */
  code(step: CodeStep): Promise<BackToPassword | SignedIn>;
  /** Returns a new password. `problem` says why the last one was refused. */
  newPassword(problem?: string): Promise<string>;
  /** Whether a reply is begun; the step then does not ask by itself how the mail stands. */
  isTyping(): boolean;
}

export type SignInResult =
  | { readonly kind: 'signedIn'; readonly tokens: AuthenticationResultType }
  | { readonly kind: 'refused'; readonly reason: string };

/** Cognito's response: the next challenge, or the tokens. */
export type Step = Pick<
  InitiateAuthCommandOutput,
  'ChallengeName' | 'ChallengeParameters' | 'Session' | 'AuthenticationResult'
>;

const refused = (reason: string): SignInResult => ({ kind: 'refused', reason });

/**
 * Returns `refused` if Cognito refuses the user or an answer. Throws every other error of Cognito and of the network. `clock` is the
 * service's, where it can be asked.
 */
export const signIn = async (
  client: CognitoIdentityProviderClient,
  credentials: Credentials,
  person: Person,
  clock?: ServiceClock,
): Promise<SignInResult> => {
  let stage: SignInStage = 'password';
  try {
    let step = await provePassword(client, credentials);
    if (step.ChallengeName === 'NEW_PASSWORD_REQUIRED') {
      stage = 'newPassword';
      step = await chooseNewPassword(client, credentials, person, step);
    }
    if (step.AuthenticationResult !== undefined)
      return { kind: 'signedIn', tokens: step.AuthenticationResult };
    if (step.ChallengeName === 'CUSTOM_CHALLENGE') {
      stage = 'code';
      return await enterCode(client, credentials, { step, person, ...(clock && { clock }) });
    }
    return refused(describeProblem(problemOfStep(String(step.ChallengeName)), Date.now()));
  } catch (error) {
    const problem = problemOf(error, stage);
    if (isForeign(problem)) throw error;
    return refused(describeProblem(problem, Date.now()));
  }
};

/** Whoever calls the command knows more words for such an error. */
const isForeign = ({ code }: SignInProblem): boolean =>
  code === 'unknown' || code === 'noAnswer' || code === 'poolMissing';

interface CodeQuestion {
  readonly step: Step;
  readonly person: Person;
  readonly clock?: ServiceClock;
}

const enterCode = async (
  client: CognitoIdentityProviderClient,
  { clientId, username }: Credentials,
  { step: { ChallengeParameters: parameters = {}, Session }, person, clock }: CodeQuestion,
): Promise<SignInResult> => {
  const calls = sdkCalls({
    clientId,
    username: parameters.USERNAME ?? username,
    session: Session,
    respond: (input) => client.send(new RespondToAuthChallengeCommand(input)),
  });
  const isWatched = () => !person.isTyping();
  const step = createCodeStep({ calls, username, parameters, isWatched, ...(clock && { clock }) });
  const end = await person.code(step);
  if (end.kind === 'signedIn') {
    return { kind: 'signedIn', tokens: end.tokens as AuthenticationResultType };
  }
  if (end.error !== undefined && isForeign(end.problem)) throw end.error;
  return refused(describeStep(end, step.now()).text);
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

const chooseNewPassword = async (
  client: CognitoIdentityProviderClient,
  { clientId, username }: Credentials,
  person: Person,
  { ChallengeName, ChallengeParameters, Session }: Step,
): Promise<Step> => {
  const USERNAME = ChallengeParameters?.USER_ID_FOR_SRP ?? username;
  let problem: string | undefined;
  for (;;) {
    const NEW_PASSWORD = await person.newPassword(problem);
    const ChallengeResponses = { USERNAME, NEW_PASSWORD };
    const input = { ClientId: clientId, ChallengeName, Session, ChallengeResponses };
    try {
      return await client.send(new RespondToAuthChallengeCommand(input));
    } catch (error) {
      const refusal = problemOf(error, 'newPassword');
      if (refusal.next !== 'correct') throw error;
      problem = describeProblem(refusal, Date.now());
    }
  }
};
