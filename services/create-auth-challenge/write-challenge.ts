/** Writes the challenge into Cognito's event. All three parts are always set: a missing one has failed sign-ins. */
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import { toMetadata } from '../../shared/domain/challenge.ts';
import type { RefusalCode } from '../../shared/domain/policy.ts';
import type { IssuedChallenge } from './create-challenge.ts';

interface Shown {
  readonly codeLength: number;
  readonly maxAttempts: number;
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
      codeLength: String(shown.codeLength),
      expiresAt: new Date(challenge.expiresAt).toISOString(),
      attemptsLeft: String(shown.maxAttempts - challenge.attempts),
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
