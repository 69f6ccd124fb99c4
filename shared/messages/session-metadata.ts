/**
 * What Cognito keeps of a challenge in the session between rounds, as `challengeMetadata`: a reference, never a code.
 * Written by create-auth-challenge, read by define-auth-challenge and by create-auth-challenge in the next round.
 */
import { type ChallengeId, isChallengeId } from '../domain/challenge.ts';

const PREFIX = 'challenge-';

export const writeSessionMetadata = (id: ChallengeId): string => `${PREFIX}${id}`;

/** Undefined where what Cognito has kept is no reference of ours. */
export const readSessionMetadata = (metadata: unknown): ChallengeId | undefined => {
  if (typeof metadata !== 'string' || !metadata.startsWith(PREFIX)) return undefined;
  const id = metadata.slice(PREFIX.length);
  return isChallengeId(id) ? id : undefined;
};
