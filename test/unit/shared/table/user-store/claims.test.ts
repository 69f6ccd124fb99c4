import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { NO_USER_RECORD, type UserRecord } from '../../../../../shared/domain/policy.ts';
import { userKey } from '../../../../../shared/table/table.ts';
import { aChallengeTable } from '../../../../support/table/challenge-table.ts';
import {
  ADDRESS_HASH,
  aChallengeId,
  aClaimedDelivery,
  DEFAULT_LIMITS,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../../support/table/challenges.ts';

// The orders of mails in the user record, on a real DynamoDB engine.

const FIRST = REF.challengeId;
const OTHER = aChallengeId(1);

const aTableWithUserRecord = async () => {
  const table = await aChallengeTable();
  await table.users.claimDelivery(USER_ID, NO_USER_RECORD, aClaimedDelivery());
  return table;
};

/** The next claim on the record as it is now. */
const claimOther = (userRecord: UserRecord, now = NOW + SECOND) =>
  aClaimedDelivery(userRecord, { challengeId: OTHER, now });

test('reads an empty user record for a user without one', async () => {
  await using table = await aChallengeTable();

  const userRecord = await table.users.readUserRecord(USER_ID);

  expect(userRecord).toEqual({ version: 0, consecutiveFailures: 0, sends: [] });
});

test('makes a claimed mail the latest one, with the hash of its address, and counts it', async () => {
  await using table = await aChallengeTable();

  const won = await table.users.claimDelivery(USER_ID, NO_USER_RECORD, aClaimedDelivery());

  expect(won).toBe(true);
  expect(await table.users.readUserRecord(USER_ID)).toEqual({
    version: 1,
    consecutiveFailures: 0,
    sends: [],
    orders: { [FIRST]: { 1: NOW } },
    inWindow: { since: NOW, count: 1 },
    inDay: { since: NOW, count: 1 },
    latest: { challengeId: FIRST, delivery: 1, claimedAt: NOW, addressHash: ADDRESS_HASH },
  });
});

test('replaces the latest challenge, so there is never more than one, and keeps its order', async () => {
  await using table = await aTableWithUserRecord();
  const userRecord = await table.users.readUserRecord(USER_ID);

  const won = await table.users.claimDelivery(USER_ID, userRecord, claimOther(userRecord));

  expect(won).toBe(true);
  expect(await table.userItem(USER_ID)).toMatchObject({
    latest: { [OTHER]: { delivery: 1, claimedAt: NOW + SECOND, addressHash: ADDRESS_HASH } },
    orders: { [FIRST]: { 1: NOW }, [OTHER]: { 1: NOW + SECOND } },
    inWindow: { since: NOW, count: 2 },
    inDay: { since: NOW, count: 2 },
  });
});

test.each([['no user record yet'], ['a user record']])(
  'lets exactly one of eight claims win that read %s',
  async (seen) => {
    await using table = seen === 'a user record' ? await aTableWithUserRecord() : await aChallengeTable();
    const userRecord = await table.users.readUserRecord(USER_ID);

    const claims = Array.from({ length: 8 }, (_, n) =>
      table.users.claimDelivery(
        USER_ID,
        userRecord,
        aClaimedDelivery(userRecord, { challengeId: aChallengeId(10 + n), now: NOW + n }),
      ),
    );

    const won = (await Promise.all(claims)).map((result, n) => (result ? aChallengeId(10 + n) : undefined));
    const winners = won.filter((id) => id !== undefined);
    expect(winners).toHaveLength(1);
    expect((await table.users.readUserRecord(USER_ID)).latest?.challengeId).toBe(winners[0]);
  },
);

test.each([
  ['an answer was counted', { round: 'round-1' }],
  ['an order was given back', undefined],
])('refuses a claim when %s since the user record was read', async (_, failure) => {
  await using table = await aTableWithUserRecord();
  const userRecord = await table.users.readUserRecord(USER_ID);
  if (failure === undefined) await table.users.giveBack(REF, [1]);
  else {
    const counted = { challengeId: FIRST, now: NOW, exhausted: false, limits: DEFAULT_LIMITS, ...failure };
    await table.users.countFailure(USER_ID, counted);
  }

  const won = await table.users.claimDelivery(USER_ID, userRecord, claimOther(userRecord));

  expect(won).toBe(false);
});

test('makes a claim possible again after the latest challenge was withdrawn', async () => {
  await using table = await aTableWithUserRecord();
  await table.users.clearFailures(USER_ID, FIRST, { failuresBelow: 20, now: NOW });

  const userRecord = await table.users.readUserRecord(USER_ID);
  const won = await table.users.claimDelivery(USER_ID, userRecord, claimOther(userRecord));

  expect(won).toBe(true);
});

test('keeps the first release’s list of mails beside its own orders until it is empty', async () => {
  await using table = await aChallengeTable();
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.tableName,
      Key: userKey(USER_ID),
      UpdateExpression: 'SET version = :v, sends = :sends, latest = :none',
      ExpressionAttributeValues: marshall({ ':v': 3, ':sends': [NOW - 2, NOW - 1], ':none': {} }),
    }),
  );
  const DAY = 86_400 * SECOND;
  const sendsAfterClaim = async (now: number) => {
    const userRecord = await table.users.readUserRecord(USER_ID);
    expect(await table.users.claimDelivery(USER_ID, userRecord, claimOther(userRecord, now))).toBe(true);
    return (await table.userItem(USER_ID))?.sends;
  };

  expect(await sendsAfterClaim(NOW)).toEqual([NOW - 2, NOW - 1]);
  expect(await sendsAfterClaim(NOW + DAY - 2)).toEqual([NOW - 1]);
  expect(await sendsAfterClaim(NOW + DAY)).toBeUndefined();
});
