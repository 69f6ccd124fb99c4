/**
 * The `challengeMetadata` that Cognito keeps in the session between rounds: the id of the challenge, never a code.
 * create-auth-challenge writes it; define-auth-challenge reads it, and so does create-auth-challenge in the next round.
 */
import { type ChallengeId, isChallengeId } from '../domain/challenge.ts';

const PREFIX = 'challenge-';

export const writeSessionMetadata = (id: ChallengeId): string => `${PREFIX}${id}`;

/** Returns undefined if the metadata has no challenge id of this service. */
export const readSessionMetadata = (metadata: unknown): ChallengeId | undefined => {
  if (typeof metadata !== 'string' || !metadata.startsWith(PREFIX)) return undefined;
  const id = metadata.slice(PREFIX.length);
  return isChallengeId(id) ? id : undefined;
};
