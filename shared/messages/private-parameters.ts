/**
 * Which challenge and which round an answer is for: Cognito's private challenge parameters. Written by
 * create-auth-challenge, read by verify-auth-challenge; no client sees them.
 */
import { type ChallengeId, isChallengeId } from '../domain/challenge.ts';

export interface RoundReference {
  readonly challengeId: ChallengeId;
  /** Random per round, so that Cognito's retry of a round is told from a new one. */
  readonly round: string;
  /** Attempts so far as create-auth-challenge saw them: saves a read, decides nothing. */
  readonly attempts: number;
}

/** As it crosses the wall. Cognito takes texts only. */
export type PrivateParameters = { readonly [Field in keyof RoundReference]: string };

export const writePrivateParameters = ({
  challengeId,
  round,
  attempts,
}: RoundReference): PrivateParameters => ({ challengeId, round, attempts: String(attempts) });

/** Undefined where the parameters are missing or not ours; the answer is then wrong, whatever it says. */
export const readPrivateParameters = (parameters: unknown): RoundReference | undefined => {
  if (typeof parameters !== 'object' || parameters === null) return undefined;
  const { challengeId, round, attempts } = parameters as Partial<
    Readonly<Record<keyof PrivateParameters, unknown>>
  >;
  if (!isChallengeId(challengeId) || typeof round !== 'string' || round === '') return undefined;
  const count = typeof attempts === 'string' ? Number.parseInt(attempts, 10) || 0 : 0;
  return { challengeId, round, attempts: count };
};
