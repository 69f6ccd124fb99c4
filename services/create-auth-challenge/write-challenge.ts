/** Writes the challenge into Cognito's event. All three parts are always set, because a missing one made sign-ins fail. */
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import { writePrivateParameters } from '../../shared/messages/private-parameters.ts';
import { writePublicParameters } from '../../shared/messages/public-parameters.ts';
import { writeSessionMetadata } from '../../shared/messages/session-metadata.ts';
import type { IssuedChallenge } from './create-challenge.ts';

interface Shown {
  readonly codeLength: number;
  readonly maxAttempts: number;
  /** The random text of the round. */
  readonly round: string;
  /** Whether the client has only asked how the mail stands. */
  readonly afterStatus: boolean;
  /** When this round is handed out; epoch milliseconds. */
  readonly now: number;
  /** How long Cognito waits for the answer of a round; each round starts it anew. */
  readonly sessionValiditySeconds: number;
}

/** Public parameters go to the client; private ones go only to verify-auth-challenge. */
export const writeChallenge = (
  event: CreateAuthChallengeTriggerEvent,
  { challenge, status, delivery, deliveryStatus, resendAt, limited, triesUntilLock }: IssuedChallenge,
  { codeLength, maxAttempts, round, afterStatus, now, sessionValiditySeconds }: Shown,
): CreateAuthChallengeTriggerEvent => {
  const { challengeId, attempts, recipient, expiresAt } = challenge;
  const response = {
    publicChallengeParameters: writePublicParameters({
      status,
      destination: recipient,
      codeLength,
      attemptsLeft: maxAttempts - attempts,
      ...(triesUntilLock !== undefined && { triesUntilLock }),
      expiresAt: Math.min(expiresAt, now + sessionValiditySeconds * 1000),
      resendAt,
      delivery: deliveryStatus,
      deliveryNumber: delivery,
      ...(limited && { limited: limited.code }),
    }),
    privateChallengeParameters: writePrivateParameters({ challengeId, round, attempts }),
    challengeMetadata: writeSessionMetadata({ challengeId, afterStatus }),
  };
  return { ...event, response };
};
