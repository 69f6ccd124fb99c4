/** Writes the challenge into Cognito's event. All three parts are always set: a missing one has failed sign-ins. */
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import { toMetadata } from '../../shared/domain/challenge.ts';
import { writePublicParameters } from '../../shared/messages/public-parameters.ts';
import type { IssuedChallenge } from './create-challenge.ts';

interface Shown {
  readonly CODE_LENGTH: number;
  readonly MAX_ATTEMPTS: number;
}

/** Public parameters go to the client; the private ones reach verify alone. */
export const writeChallenge = (
  event: CreateAuthChallengeTriggerEvent,
  { challenge, status, delivery, deliveryStatus, resendAt, sendLimited }: IssuedChallenge,
  round: string,
  shown: Shown,
): CreateAuthChallengeTriggerEvent => ({
  ...event,
  response: {
    publicChallengeParameters: writePublicParameters({
      status,
      destination: challenge.recipient,
      codeLength: shown.CODE_LENGTH,
      attemptsLeft: shown.MAX_ATTEMPTS - challenge.attempts,
      expiresAt: challenge.expiresAt,
      resendAt,
      delivery: deliveryStatus,
      deliveryNumber: delivery,
      sendLimited,
    }),
    privateChallengeParameters: {
      challengeId: challenge.challengeId,
      round,
      attempts: String(challenge.attempts),
    },
    challengeMetadata: toMetadata(challenge.challengeId),
  },
});
