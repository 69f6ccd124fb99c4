import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { countWithNotice } from '../../../../services/verify-auth-challenge/count-with-notice.ts';
import type { NoticeKind } from '../../../../shared/domain/notices/notice.ts';
import { NO_USER_RECORD } from '../../../../shared/domain/policy.ts';
import { createUserStore } from '../../../../shared/table/user-store.ts';
import {
  aChallengeId,
  aClaimedDelivery,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  USER_ID,
} from '../../../support/table/challenges.ts';
import { aMemoryEngine } from '../../../support/table/memory-engine.ts';

/** With this setting, the twenty mails that a user may order in a day take a hundred wrong codes before the lock. */
const LIMITS = { ...DEFAULT_LIMITS, lockThreshold: 100 };

test('a hundred wrong codes in a day lead to one notice of each kind, and the next day to the next', async () => {
  const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
  const client = new DynamoDBClient({ region: 'us-east-1', credentials, requestHandler: aMemoryEngine() });
  const users = createUserStore(client, 'challenges');
  await users.claimDelivery(USER_ID, NO_USER_RECORD, aClaimedDelivery());
  const notices: NoticeKind[] = [];
  const guess = async (challenge: number, at: number) => {
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const [challengeId, round] = [aChallengeId(challenge), `round-${challenge}-${attempt}`];
      const failure = { challengeId, round, now: at, exhausted: attempt === 5, limits: LIMITS };
      const { notice } = await countWithNotice(users, USER_ID, failure, undefined);
      if (notice) notices.push(notice);
    }
  };

  for (let challenge = 0; challenge < 20; challenge += 1)
    await guess(challenge, NOW + challenge * 70 * MINUTE);

  expect(notices).toEqual(['wrongCodes', 'locked']);
  expect((await users.readUserRecord(USER_ID)).consecutiveFailures).toBe(100);

  await users.unlock(USER_ID, await users.readUserRecord(USER_ID), { mails: false });
  await guess(20, NOW + 24 * 60 * MINUTE);

  expect(notices).toEqual(['wrongCodes', 'locked', 'wrongCodes']);
});
