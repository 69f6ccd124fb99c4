/** Wrong answers where users get notices. */
import { countWithNotice } from '../../../../services/verify-auth-challenge/count-with-notice.ts';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import type { NoticeKind } from '../../../../shared/domain/notices/notice.ts';
import { TRIGGER_CLIENT } from '../../../../shared/lambda/sdk-client.ts';
import { createUserStore } from '../../../../shared/table/user-store.ts';
import { USER_ID } from '../../../support/table/challenges.ts';
import type { Operation } from '../engine/operation.ts';
import { LIMITS } from './operations.ts';
import { clientOf } from './sdk-clients.ts';
import { TABLE_NAME } from './workflow.ts';

export interface LastAnswer {
  readonly challengeId: ChallengeId;
  readonly round: string;
  /** The notice that create expected. */
  readonly expected?: NoticeKind;
}

/** The part of verify-auth-challenge that counts the answer after which a challenge takes no other. */
export const aLastAnswer = (name: string, { challengeId, round, expected }: LastAnswer): Operation => ({
  name,
  run: async (caller) => {
    const users = createUserStore(clientOf(caller, 'DynamoDB', TRIGGER_CLIENT), TABLE_NAME);
    const failure = { challengeId, round, now: caller.now(), exhausted: true, limits: LIMITS };
    const { notice } = await countWithNotice(users, USER_ID, failure, expected);
    return { challengeId, notice };
  },
});
