/** Counts a wrong code in the write that also orders the notice, if one is due. */
import { dueNotice } from '../../shared/domain/notices/due-notice.ts';
import type { NoticeKind } from '../../shared/domain/notices/notice.ts';
import { failuresToLock, type UserRecord } from '../../shared/domain/policy.ts';
import type { Failure, UserStore } from '../../shared/table/user-store.ts';

interface Counted {
  /** Undefined: the code was not counted. */
  readonly userRecord: UserRecord | undefined;
  /** The notice that this answer has ordered. */
  readonly notice?: NoticeKind;
}

/**
 * One write, if the notice that create-auth-challenge expected is due or none is. It may have seen less, and that of the
 * release before expects nothing; then the plain write shows what is due, and the same round is written once more with it, which
 * counts nothing twice.
 */
export const countWithNotice = async (
  users: Pick<UserStore, 'countFailure'>,
  userId: string,
  failure: Failure,
  expected: NoticeKind | undefined,
): Promise<Counted> => {
  const order = async (notice: NoticeKind): Promise<Counted | undefined> => {
    const userRecord = await users.countFailure(userId, { ...failure, notice });
    return userRecord && { userRecord, notice };
  };
  const { challengeId, now, exhausted: exhausts, limits } = failure;
  const isPossible = expected === 'locked' || (expected === 'wrongCodes' && exhausts);
  const ordered = isPossible ? await order(expected) : undefined;
  if (ordered) return ordered;

  const userRecord = await users.countFailure(userId, failure);
  if (userRecord === undefined) return { userRecord };
  const locks = userRecord.consecutiveFailures >= failuresToLock(limits);
  const notice = dueNotice(userRecord.notices ?? {}, { challengeId, now, locks, exhausts });
  return (notice && (await order(notice))) ?? { userRecord };
};
