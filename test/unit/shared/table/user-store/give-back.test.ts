import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { NO_USER_RECORD } from '../../../../../shared/domain/policy.ts';
import { userKey } from '../../../../../shared/table/table.ts';
import { aChallengeTable } from '../../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aClaimedDelivery,
  MINUTE,
  NOW,
  REF,
  USER_ID,
} from '../../../../support/table/challenges.ts';

// Orders of mails that were never sent, on a real DynamoDB engine.

const aTableWithOrders = async () => {
  const table = await aChallengeTable();
  const claim = async (delivery: number, now: number) => {
    const userRecord = await table.users.readUserRecord(USER_ID);
    await table.users.claimDelivery(USER_ID, userRecord, aClaimedDelivery(userRecord, { delivery, now }));
  };
  await table.users.claimDelivery(USER_ID, NO_USER_RECORD, aClaimedDelivery());
  await claim(2, NOW + MINUTE);
  await claim(3, NOW + 2 * MINUTE);
  return table;
};

test('an order is given back alone; the latest mail, the failures and the ceiling stay', async () => {
  await using table = await aTableWithOrders();
  const before = await table.users.readUserRecord(USER_ID);

  await table.users.giveBack(REF, [3]);

  expect(await table.users.readUserRecord(USER_ID)).toEqual({
    ...before,
    version: before.version + 1,
    orders: { [REF.challengeId]: { 1: NOW, 2: NOW + MINUTE } },
  });
});

test('several are given back, and to repeat it changes nothing', async () => {
  await using table = await aTableWithOrders();

  await table.users.giveBack(REF, [1, 3]);
  const once = await table.userItem(USER_ID);
  await table.users.giveBack(REF, [1, 3]);

  expect(once).toMatchObject({ version: 5, orders: { [REF.challengeId]: { 2: NOW + MINUTE } } });
  expect(await table.userItem(USER_ID)).toEqual(once);
});

test('an order that is not there is ignored, and those after it are given back', async () => {
  await using table = await aTableWithOrders();

  await table.users.giveBack(REF, [77, 1]);
  await table.users.giveBack({ userId: USER_ID, challengeId: aChallengeId(1) }, [1]);

  expect((await table.users.readUserRecord(USER_ID)).orders).toEqual({
    [REF.challengeId]: { 2: NOW + MINUTE, 3: NOW + 2 * MINUTE },
  });
});

test('a record of the first release, which has no orders, stays as it is', async () => {
  await using table = await aChallengeTable();
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.tableName,
      Key: userKey(USER_ID),
      UpdateExpression: 'SET version = :v, sends = :sends',
      ExpressionAttributeValues: marshall({ ':v': 3, ':sends': [NOW] }),
    }),
  );

  await table.users.giveBack(REF, [1]);

  expect(await table.userItem(USER_ID)).toMatchObject({ version: 3, sends: [NOW] });
});

test('nothing is written for a user without a record', async () => {
  await using table = await aChallengeTable();

  await table.users.giveBack(REF, [1]);

  expect(await table.userItem(USER_ID)).toBeUndefined();
});
