/** The form of a failure's write that also orders a notice. Its condition says what `dueNotice` says, of the record as it is then. */
import type { ChallengeId } from '../domain/challenge.ts';
import { NOTICE_PAUSE_MS } from '../domain/notices/due-notice.ts';
import type { NoticeKind } from '../domain/notices/notice.ts';
import { noticedName } from './item.ts';

export interface NoticeForm {
  /** Ends the `SET` of the write, from the comma on. */
  readonly set: string;
  /** Ends the condition. It uses `:threshold` and `:counted` of the failure's own. */
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

// AND binds closer than OR. Each pair of parentheses that is not needed doubles the time in which the local engine reads a condition.

/** Whether the user is locked once this round is counted, which it may be already. */
const LOCKS =
  '(size(failedRounds) >= :threshold OR size(failedRounds) >= :beforeLock AND NOT contains(failedRounds, :counted))';

/** The opposite. */
const LOCKS_NOT =
  'attribute_not_exists(failedRounds) OR size(failedRounds) < :beforeLock OR ' +
  'size(failedRounds) < :threshold AND contains(failedRounds, :counted)';

/** A notice for the same challenge passes, so a repeated write and Cognito's repeated call do what the first one did. */
const IS_REPEATED = '#noticed.challengeId = :noticedFor';
const IS_DUE = '(attribute_not_exists(#noticed) OR #noticed.#at <= :dayAgo)';

/** The lock's notice comes first, unless another challenge has led to one within the day. */
const LOCK_IS_NOT_TOLD = `(${LOCKS_NOT} OR #lockNoticed.#at > :dayAgo AND #lockNoticed.challengeId <> :noticedFor)`;

/** `threshold`: this many failures in a row lock the user. */
export const noticeForm = (
  notice: NoticeKind,
  { challengeId, now, threshold }: { challengeId: ChallengeId; now: number; threshold: number },
): NoticeForm => ({
  set: ', #noticed = :noticed',
  condition:
    notice === 'locked'
      ? ` AND (${IS_REPEATED} OR ${IS_DUE}) AND ${LOCKS}`
      : ` AND (${IS_REPEATED} OR ${IS_DUE} AND ${LOCK_IS_NOT_TOLD})`,
  names: {
    '#noticed': noticedName(notice),
    '#at': 'at',
    ...(notice === 'wrongCodes' && { '#lockNoticed': noticedName('locked') }),
  },
  values: {
    ':noticed': { at: now, challengeId },
    ':noticedFor': challengeId,
    ':dayAgo': now - NOTICE_PAUSE_MS,
    ':beforeLock': threshold - 1,
  },
});
