/** The facts about a notice. Their names begin with its kind, so that no rule takes them for facts of a code's mail. */
import type { ChallengeRef, DeliveryFact, UserFact } from '../challenge.ts';
import type { NoticeKind } from './notice.ts';

/** Identifies a notice: a challenge leads to at most one of each kind. */
export interface NoticeRef extends ChallengeRef {
  readonly notice: NoticeKind;
}

/** What is recorded about a notice. Its request is the fact that it tells of. */
export type NoticeFact = Exclude<DeliveryFact, 'REQUESTED' | 'RESEND_REQUESTED' | 'REUSED'>;

/** By kind: the fact that the notice tells of. Without it, nobody has ordered the notice. */
export const CAUSE_OF = {
  locked: 'LOCKED',
  wrongCodes: 'EXHAUSTED',
} as const satisfies Readonly<Record<NoticeKind, UserFact | 'EXHAUSTED'>>;

export const isNoticeKind = (value: unknown): value is NoticeKind =>
  typeof value === 'string' && Object.hasOwn(CAUSE_OF, value);

const PREFIX = 'notice-';

/** The name of a notice's fact, such as `notice-locked#SENT`. */
export const noticeFactName = (notice: NoticeKind, fact: NoticeFact): string => `${PREFIX}${notice}#${fact}`;

/** The parts of the name of a notice's fact; undefined for every other fact. */
export const readNoticeFactName = (
  name: string,
): { readonly notice: NoticeKind; readonly kind: string } | undefined => {
  const [prefixed = '', kind] = name.split('#', 2);
  const notice = prefixed.startsWith(PREFIX) ? prefixed.slice(PREFIX.length) : undefined;
  return kind !== undefined && isNoticeKind(notice) ? { notice, kind } : undefined;
};
