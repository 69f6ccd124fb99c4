/**
 * Cognito's private challenge parameters: which challenge and which round an answer is for. create-auth-challenge writes
 * them and verify-auth-challenge reads them; no client sees them.
 */
import { type ChallengeId, isChallengeId } from '../domain/challenge.ts';
import type { NoticeKind } from '../domain/notices/notice.ts';
import { isNoticeKind } from '../domain/notices/notice-facts.ts';

export interface RoundReference {
  readonly challengeId: ChallengeId;
  /** A random text for each round. It shows whether a call is Cognito's retry of a round or a new round. */
  readonly round: string;
  /** The attempts so far that create-auth-challenge saw. They save a read, but decide nothing. */
  readonly attempts: number;
  /** The notice that a wrong answer would lead to, as create-auth-challenge saw it. It saves a write, but decides nothing. */
  readonly notice?: NoticeKind;
}

/** The message as it is sent. Cognito accepts only texts. */
export type PrivateParameters = { readonly [Field in keyof RoundReference]: string };

export const writePrivateParameters = ({
  challengeId,
  round,
  attempts,
  notice,
}: RoundReference): PrivateParameters => ({
  challengeId,
  round,
  attempts: String(attempts),
  ...(notice && { notice }),
});

/** Returns undefined if the parameters are missing or invalid. Then every answer is wrong. */
export const readPrivateParameters = (parameters: unknown): RoundReference | undefined => {
  if (typeof parameters !== 'object' || parameters === null) return undefined;
  const { challengeId, round, attempts, notice } = parameters as Partial<
    Readonly<Record<keyof PrivateParameters, unknown>>
  >;
  if (!isChallengeId(challengeId) || typeof round !== 'string' || round === '') return undefined;
  const count = typeof attempts === 'string' ? Number.parseInt(attempts, 10) || 0 : 0;
  return { challengeId, round, attempts: count, ...(isNoticeKind(notice) && { notice }) };
};
