/** One answer to a code challenge, for tests that look at what lies between the steps of a sign-in. */
import {
  type CognitoIdentityProviderClient,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Credentials, Step } from '../../../commands/sign-in/sign-in-flow.ts';

/** Answers the code challenge of `step`; `action` and `claims` go into the client metadata. */
export const answerCode = (
  client: CognitoIdentityProviderClient,
  { clientId, username }: Credentials,
  step: Step,
  answer: string,
  action?: string,
  claims: Readonly<Record<string, string>> = {},
): Promise<Step> =>
  client.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: step.Session,
      ChallengeResponses: { USERNAME: step.ChallengeParameters?.USERNAME ?? username, ANSWER: answer },
      ClientMetadata: { ...(action && { action }), ...claims },
    }),
  );
