/** Writes the challenge into Cognito's event. All three parts are always set: a missing one has failed sign-ins. */
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import { toMetadata } from '../../shared/domain/challenge.ts';
import type { RefusalCode } from '../../shared/domain/policy.ts';
import type { IssuedChallenge } from './create-challenge.ts';

interface Shown {
  readonly CODE_LENGTH: number;
  readonly MAX_ATTEMPTS: number;
}

/** Public parameters go to the client (strings, as Cognito requires); the private ones reach verify alone. */
export const writeChallenge = (
  event: CreateAuthChallengeTriggerEvent,
  { challenge, status, delivery, deliveryStatus, resendAt, sendLimited }: IssuedChallenge,
  round: string,
  shown: Shown,
): CreateAuthChallengeTriggerEvent => ({
  ...event,
  response: {
    publicChallengeParameters: {
      challenge: status,
      destination: challenge.recipient,
      codeLength: String(shown.CODE_LENGTH),
      expiresAt: new Date(challenge.expiresAt).toISOString(),
      attemptsLeft: String(shown.MAX_ATTEMPTS - challenge.attempts),
      delivery: deliveryStatus,
      deliveryNumber: String(delivery),
      resendAt: new Date(resendAt).toISOString(),
      ...(sendLimited && { refused: 'SEND_LIMIT' satisfies RefusalCode }),
    },
    privateChallengeParameters: {
      challengeId: challenge.challengeId,
      round,
      attempts: String(challenge.attempts),
    },
    challengeMetadata: toMetadata(challenge.challengeId),
  },
});
