/**
 * The `challengeMetadata` that Cognito keeps in the session between rounds: the id of the challenge, never a code.
 * create-auth-challenge writes it; define-auth-challenge reads it, and so does create-auth-challenge in the next round.
 */
import { type ChallengeId, isChallengeId } from '../domain/challenge.ts';

const PREFIX = 'challenge-';
/** The end of the metadata of a round that was handed out after a status call. A round without it has no other form than before. */
const AFTER_STATUS = '~';

export interface SessionMetadata {
  readonly challengeId: ChallengeId;
  /** Whether the client only asked how the mail stands before this round. */
  readonly afterStatus: boolean;
}

export const writeSessionMetadata = ({ challengeId, afterStatus }: SessionMetadata): string =>
  `${PREFIX}${challengeId}${afterStatus ? AFTER_STATUS : ''}`;

/** Returns undefined if the metadata has no challenge id of this service. */
export const readSessionMetadata = (metadata: unknown): SessionMetadata | undefined => {
  if (typeof metadata !== 'string' || !metadata.startsWith(PREFIX)) return undefined;
  const afterStatus = metadata.endsWith(AFTER_STATUS);
  const id = metadata.slice(PREFIX.length, afterStatus ? -AFTER_STATUS.length : undefined);
  return isChallengeId(id) ? { challengeId: id, afterStatus } : undefined;
};
