/** Single steps of a sign-in, for tests that look at what lies between them. */
import {
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import type { Credentials } from '../../services/cli/sign-in-flow.ts';

export type Step = RespondToAuthChallengeCommandOutput;

/** Proves the password and answers Cognito's next challenge. */
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
  const { ChallengeParameters = {}, Session = '' } = await client.send(
    new InitiateAuthCommand(wrapInitiateAuth(srp, start)),
  );
  const signed = signSrpSession(srp, { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters });
  const answer = {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER' as const,
    ChallengeResponses: { USERNAME: ChallengeParameters.USERNAME ?? username },
    Session,
  };
  return client.send(new RespondToAuthChallengeCommand(wrapAuthChallenge(signed, answer)));
};

/** Answers the code challenge of `step`; `action` goes into the client metadata. */
export const answerCode = (
  client: CognitoIdentityProviderClient,
  { clientId, username }: Credentials,
  step: Step,
  answer: string,
  action?: string,
): Promise<Step> =>
  client.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: step.Session,
      ChallengeResponses: { USERNAME: step.ChallengeParameters?.USERNAME ?? username, ANSWER: answer },
      ...(action && { ClientMetadata: { action } }),
    }),
  );
