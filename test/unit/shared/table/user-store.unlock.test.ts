import { expect, test } from 'vitest';
import { NO_USER_RECORD } from '../../../../shared/domain/policy.ts';
import { aChallengeTable } from '../../../support/table/challenge-table.ts';
import { aChallengeId, NOW, SECOND, USER_ID } from '../../../support/table/challenges.ts';

// An operator's unlocking, on a real DynamoDB engine.

const CLAIM = { kind: 'claim', challengeId: aChallengeId(), delivery: 1, sends: [NOW] } as const;

const aTableWithFailures = async (failures: number) => {
  const table = await aChallengeTable();
  await table.users.claimDelivery(USER_ID, NO_USER_RECORD, CLAIM, NOW);
  const fail = (round: string) =>
    table.users.countFailure(USER_ID, {
      ...{ challengeId: CLAIM.challengeId, round, now: NOW + SECOND },
      ...{ exhausted: false, maxFailures: 100 },
    });
  for (let n = 0; n < failures; n += 1) await fail(`round-${n}`);
  return { ...table, fail };
};

test('starts the failure count again, and keeps the latest challenge and the mails ordered', async () => {
  await using table = await aTableWithFailures(3);
  const userRecord = await table.users.readUserRecord(USER_ID);

  const unlocked = await table.users.unlock(USER_ID, userRecord);

  const { lastFailureAt, ...others } = userRecord;
  expect(lastFailureAt).toBe(NOW + SECOND);
  expect(unlocked).toEqual({ ...others, version: userRecord.version + 1, consecutiveFailures: 0 });
  expect(await table.users.readUserRecord(USER_ID)).toEqual(unlocked);
});

test('changes nothing where an answer was counted since the user record was read', async () => {
  await using table = await aTableWithFailures(3);
  const userRecord = await table.users.readUserRecord(USER_ID);
  await table.fail('round-of-another');

  const unlocked = await table.users.unlock(USER_ID, userRecord);

  expect(unlocked).toBeUndefined();
  expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(4);
});

test('of eight unlockings at once one takes place', async () => {
  await using table = await aTableWithFailures(3);
  const userRecord = await table.users.readUserRecord(USER_ID);

  const all = await Promise.all(Array.from({ length: 8 }, () => table.users.unlock(USER_ID, userRecord)));

  expect(all.filter((unlocked) => unlocked !== undefined)).toHaveLength(1);
});

test('writes no user record for a user without one', async () => {
  await using table = await aChallengeTable();

  expect(await table.users.unlock(USER_ID, NO_USER_RECORD)).toBeUndefined();
  expect(await table.userItem(USER_ID)).toBeUndefined();
});
