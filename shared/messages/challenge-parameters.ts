/** Which challenge the answer is for, as create-auth-challenge wrote it into the private parameters. */
import { type ChallengeId, isChallengeId } from '../domain/challenge.ts';

export interface ChallengeReference {
  readonly challengeId: ChallengeId;
  readonly round: string;
  readonly attempts: number;
}

/** Undefined where the parameters are missing or not ours; the answer is then wrong, whatever it says. */
export const readReference = (parameters: unknown): ChallengeReference | undefined => {
  if (typeof parameters !== 'object' || parameters === null) return undefined;
  const { challengeId, round, attempts } = parameters as Readonly<Record<string, unknown>>;
  if (!isChallengeId(challengeId) || typeof round !== 'string' || round === '') return undefined;
  const count = typeof attempts === 'string' ? Number.parseInt(attempts, 10) || 0 : 0;
  return { challengeId, round, attempts: count };
};
