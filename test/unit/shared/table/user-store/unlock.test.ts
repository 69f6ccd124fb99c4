import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { NO_USER_RECORD } from '../../../../../shared/domain/policy.ts';
import { userKey } from '../../../../../shared/table/table.ts';
import { aChallengeTable } from '../../../../support/table/challenge-table.ts';
import {
  aClaimedDelivery,
  DEFAULT_LIMITS,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../../support/table/challenges.ts';

// An operator's unlocking, on a real DynamoDB engine.

/** A user with failures, a block, an order, and mails of the first release. */
const aTableWithFailures = async (failures: number) => {
  const table = await aChallengeTable();
  await table.users.claimDelivery(USER_ID, NO_USER_RECORD, aClaimedDelivery());
  const fail = (round: string) =>
    table.users.countFailure(USER_ID, {
      ...{ challengeId: REF.challengeId, round, now: NOW + SECOND },
      ...{ exhausted: false, limits: DEFAULT_LIMITS },
    });
  for (let n = 0; n < failures; n += 1) await fail(`round-${n}`);
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.tableName,
      Key: userKey(USER_ID),
      UpdateExpression: 'SET blockedUntil = :until, sends = :sends',
      ExpressionAttributeValues: marshall({ ':until': NOW + SECOND, ':sends': [NOW - SECOND] }),
    }),
  );
  return { ...table, fail };
};

test('ends lock and block, and keeps the latest challenge and the mails ordered', async () => {
  await using table = await aTableWithFailures(3);
  const userRecord = await table.users.readUserRecord(USER_ID);

  const unlocked = await table.users.unlock(USER_ID, userRecord, { mails: false });

  const { lastFailureAt, blockedUntil, ...others } = userRecord;
  expect([lastFailureAt, blockedUntil]).toEqual([NOW + SECOND, NOW + SECOND]);
  expect(unlocked).toEqual({ ...others, version: userRecord.version + 1, consecutiveFailures: 0 });
  expect(await table.users.readUserRecord(USER_ID)).toEqual(unlocked);
});

test('takes back all orders that count, if mails are asked for too, and keeps the ceiling', async () => {
  await using table = await aTableWithFailures(3);
  const { latest, inWindow, inDay, ...userRecord } = await table.users.readUserRecord(USER_ID);

  const unlocked = await table.users.unlock(USER_ID, userRecord, { mails: true });

  expect([inWindow, inDay]).toEqual([
    { since: NOW, count: 1 },
    { since: NOW, count: 1 },
  ]);
  expect(unlocked).toEqual({
    version: userRecord.version + 1,
    consecutiveFailures: 0,
    sends: [],
    orders: {},
    ...{ latest, inWindow, inDay },
  });
});

test('changes nothing where an answer was counted since the user record was read', async () => {
  await using table = await aTableWithFailures(3);
  const userRecord = await table.users.readUserRecord(USER_ID);
  await table.fail('round-of-another');

  const unlocked = await table.users.unlock(USER_ID, userRecord, { mails: true });

  expect(unlocked).toBeUndefined();
  expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(4);
});

test('of eight unlockings at once one takes place', async () => {
  await using table = await aTableWithFailures(3);
  const userRecord = await table.users.readUserRecord(USER_ID);

  const all = await Promise.all(
    Array.from({ length: 8 }, () => table.users.unlock(USER_ID, userRecord, { mails: false })),
  );

  expect(all.filter((unlocked) => unlocked !== undefined)).toHaveLength(1);
});

test('writes no user record for a user without one', async () => {
  await using table = await aChallengeTable();

  expect(await table.users.unlock(USER_ID, NO_USER_RECORD, { mails: false })).toBeUndefined();
  expect(await table.userItem(USER_ID)).toBeUndefined();
});
