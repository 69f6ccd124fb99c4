/** Writes the challenge into Cognito's event. All three parts are always set, because a missing one made sign-ins fail. */
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import { writePrivateParameters } from '../../shared/messages/private-parameters.ts';
import { writePublicParameters } from '../../shared/messages/public-parameters.ts';
import { writeSessionMetadata } from '../../shared/messages/session-metadata.ts';
import type { IssuedChallenge } from './create-challenge.ts';

interface Shown {
  readonly codeLength: number;
  readonly maxAttempts: number;
}

/** Public parameters go to the client; private ones go only to verify-auth-challenge. */
export const writeChallenge = (
  event: CreateAuthChallengeTriggerEvent,
  { challenge, status, delivery, deliveryStatus, resendAt, sendLimited }: IssuedChallenge,
  round: string,
  shown: Shown,
): CreateAuthChallengeTriggerEvent => {
  const { challengeId, attempts, recipient, expiresAt } = challenge;
  const response = {
    publicChallengeParameters: writePublicParameters({
      status,
      destination: recipient,
      codeLength: shown.codeLength,
      attemptsLeft: shown.maxAttempts - attempts,
      expiresAt,
      resendAt,
      delivery: deliveryStatus,
      deliveryNumber: delivery,
      sendLimited,
    }),
    privateChallengeParameters: writePrivateParameters({ challengeId, round, attempts }),
    challengeMetadata: writeSessionMetadata(challengeId),
  };
  return { ...event, response };
};
