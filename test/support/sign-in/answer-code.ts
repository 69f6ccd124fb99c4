/** One answer to a code challenge, for tests of what happens between the steps of a sign-in. */
import {
  type CognitoIdentityProviderClient,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Credentials, Step } from '../../../commands/sign-in/sign-in-flow.ts';
import {
  type ClientCall,
  type ClientMetadata,
  writeClientMetadata,
} from '../../../shared/messages/client-metadata.ts';

/** Gives an answer to the code challenge of `step`. `call` and `claims` go into the client metadata. */
export const answerCode = (
  client: CognitoIdentityProviderClient,
  { clientId, username }: Credentials,
  step: Step,
  answer: string,
  call: ClientCall = 'answer',
  claims: Omit<ClientMetadata, 'call'> = {},
): Promise<Step> =>
  client.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: step.Session,
      ChallengeResponses: { USERNAME: step.ChallengeParameters?.USERNAME ?? username, ANSWER: answer },
      ClientMetadata: writeClientMetadata({ call, ...claims }),
    }),
  );
