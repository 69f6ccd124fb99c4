/** Writes the challenge into Cognito's event. All three parts are always set, because a missing one made sign-ins fail. */
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import type { Limits } from '../../shared/domain/limits.ts';
import { countStatuses, type SessionEntry } from '../../shared/messages/cognito-session.ts';
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
  /** How often it may still do so without using up a round. */
  readonly statusesLeft: number;
  /** When this round is handed out; epoch milliseconds. */
  readonly now: number;
  /** How long Cognito waits for the answer of a round; each round starts it anew. */
  readonly sessionValiditySeconds: number;
}

/** Public parameters go to the client; private ones go only to verify-auth-challenge. */
export const writeChallenge = (
  event: CreateAuthChallengeTriggerEvent,
  { challenge, status, delivery, deliveryStatus, resendAt, limited, triesUntilLock, notice }: IssuedChallenge,
  { codeLength, maxAttempts, round, afterStatus, statusesLeft, now, sessionValiditySeconds }: Shown,
): CreateAuthChallengeTriggerEvent => {
  const { challengeId, attempts, recipient, expiresAt } = challenge;
  const response = {
    publicChallengeParameters: writePublicParameters({
      now,
      statusesLeft,
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
    privateChallengeParameters: writePrivateParameters({
      challengeId,
      round,
      attempts,
      ...(notice && { notice }),
    }),
    challengeMetadata: writeSessionMetadata({ challengeId, afterStatus }),
  };
  return { ...event, response };
};

/** How often the client may still ask how the mail stands without using up a round, as define-auth-challenge counts. */
export const countStatusesLeft = (
  session: readonly SessionEntry[],
  afterStatus: boolean,
  { statusRounds }: Pick<Limits, 'statusRounds'>,
): number => Math.max(0, statusRounds - countStatuses(session, afterStatus));
