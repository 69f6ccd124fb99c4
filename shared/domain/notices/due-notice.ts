/** Which notice a wrong answer leads to. Two calls of a sign-in ask this: one foretells it, the other decides. */
import type { ChallengeId } from '../challenge.ts';
import type { NoticeKind } from './notice.ts';

/** The last notice of a kind: when it was ordered, in epoch milliseconds, and what for. */
export interface Noticed {
  readonly at: number;
  readonly challengeId: ChallengeId;
}

/** The last notice of each kind. */
export type LastNotices = Readonly<Partial<Record<NoticeKind, Noticed>>>;

/** Milliseconds. A user gets at most one notice of each kind in this time, however many wrong codes come. */
export const NOTICE_PAUSE_MS = 24 * 60 * 60 * 1000;

export interface WrongAnswer {
  readonly challengeId: ChallengeId;
  readonly now: number;
  /** Whether the user is locked because of this answer. */
  readonly locks: boolean;
  /** Whether it was the last that the challenge took. */
  readonly exhausts: boolean;
}

/**
 * One answer leads to one notice at most, and the lock comes first, because it keeps the user out. A notice for the same
 * challenge is due again: then Cognito has repeated the answer, and the earlier call may have failed to start the notice.
 */
export const dueNotice = (
  last: LastNotices,
  { challengeId, now, locks, exhausts }: WrongAnswer,
): NoticeKind | undefined => {
  const isRepeated = (kind: NoticeKind) => last[kind]?.challengeId === challengeId;
  const isDue = (kind: NoticeKind) =>
    isRepeated(kind) || (last[kind]?.at ?? Number.NEGATIVE_INFINITY) <= now - NOTICE_PAUSE_MS;
  if (exhausts && isRepeated('wrongCodes')) return 'wrongCodes';
  if (locks && isDue('locked')) return 'locked';
  return exhausts && isDue('wrongCodes') ? 'wrongCodes' : undefined;
};
