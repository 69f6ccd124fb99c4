import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from 'vitest';
import { NO_USER_RECORD } from '../../../../../shared/domain/policy.ts';
import { userKey } from '../../../../../shared/table/table.ts';
import type { Failure } from '../../../../../shared/table/user-store.ts';
import { aChallengeTable, type ChallengeTable } from '../../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aClaimedDelivery,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../../support/table/challenges.ts';

// How wrong answers are counted and cleared, on a real DynamoDB engine.

const FIRST = REF.challengeId;
const OTHER = aChallengeId(1);

/** Limits that are reached with few answers: three lock the user for 15 minutes, and the count stops at six. */
const LIMITS = { ...DEFAULT_LIMITS, lockThreshold: 3, maxFailures: 6 };
const LOCK = LIMITS.lockDuration * SECOND;

const aFailure = (changes: Partial<Failure> = {}): Failure => ({
  challengeId: FIRST,
  round: 'round-1',
  now: NOW,
  exhausted: false,
  limits: LIMITS,
  ...changes,
});

/** For users whose failures do not lock them. */
const BELOW = { failuresBelow: 3, now: NOW };

const aTableWithUserRecord = async () => {
  const table = await aChallengeTable();
  await table.users.claimDelivery(USER_ID, NO_USER_RECORD, aClaimedDelivery());
  const record = () => table.users.readUserRecord(USER_ID);
  const fail = async (rounds: readonly string[], changes: Partial<Failure> = {}) => {
    for (const round of rounds) await table.users.countFailure(USER_ID, aFailure({ round, ...changes }));
    return (await record()).consecutiveFailures;
  };
  return { ...table, record, fail };
};

const put = async (table: ChallengeTable, attributes: Readonly<Record<string, unknown>>, removed = '') => {
  const names = Object.keys(attributes);
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.tableName,
      Key: userKey(USER_ID),
      UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')} ${removed}`,
      ExpressionAttributeValues: marshall(
        Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
      ),
    }),
  );
};

describe('a wrong answer', () => {
  test('is counted once per round, however often it is repeated, with its time', async () => {
    await using table = await aTableWithUserRecord();

    const once = await table.fail(['a', 'a']);
    const counted = await table.users.countFailure(USER_ID, aFailure({ round: 'b', now: NOW + SECOND }));

    expect(once).toBe(1);
    expect(counted).toMatchObject({ consecutiveFailures: 2, lastFailureAt: NOW + SECOND });
    expect(counted).toEqual(await table.record());
  });

  test('withdraws its challenge only if that is exhausted and still the latest one', async () => {
    await using table = await aTableWithUserRecord();
    const latest = async () => (await table.record()).latest?.challengeId;

    await table.fail(['a']);
    await table.fail(['b'], { exhausted: true, challengeId: OTHER });
    const before = await latest();
    await table.fail(['c'], { exhausted: true });

    expect([before, await latest()]).toEqual([FIRST, undefined]);
  });

  test('of a challenge that it exhausts leaves its orders, which count', async () => {
    await using table = await aTableWithUserRecord();

    await table.fail(['a'], { exhausted: true });

    expect((await table.record()).orders).toEqual({ [FIRST]: { 1: NOW } });
  });

  test('is counted up to the threshold, however many come at once', async () => {
    await using table = await aTableWithUserRecord();

    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        table.users.countFailure(USER_ID, aFailure({ round: `round-${n}` })),
      ),
    );

    expect((await table.record()).consecutiveFailures).toBe(3);
  });

  test('under a lock counts nothing and prolongs nothing, until the shortest lock is over', async () => {
    await using table = await aTableWithUserRecord();
    await table.fail(['a', 'b', 'c']);
    const locked = await table.record();

    const early = await table.users.countFailure(USER_ID, aFailure({ round: 'd', now: NOW + LOCK - 1 }));
    const after = await table.record();
    const due = await table.users.countFailure(USER_ID, aFailure({ round: 'd', now: NOW + LOCK }));

    expect(early).toBeUndefined();
    expect(after).toEqual(locked);
    expect(due).toMatchObject({ consecutiveFailures: 4, lastFailureAt: NOW + LOCK });
  });

  test('that was counted is answered again under the lock that it made', async () => {
    await using table = await aTableWithUserRecord();
    await table.fail(['a', 'b', 'c']);

    const again = await table.users.countFailure(USER_ID, aFailure({ round: 'c', now: NOW + 2 * SECOND }));

    expect(again).toMatchObject({ consecutiveFailures: 3 });
  });

  test('of many at once after the shortest lock counts for one', async () => {
    await using table = await aTableWithUserRecord();
    await table.fail(['a', 'b', 'c']);

    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        table.users.countFailure(USER_ID, aFailure({ round: `round-${n}`, now: NOW + LOCK })),
      ),
    );

    expect((await table.record()).consecutiveFailures).toBe(4);
  });

  test.each([
    ['at the ceiling', LIMITS, 6],
    ['at a ceiling below the threshold', { ...LIMITS, maxFailures: 2 }, 2],
  ])('is not counted %s, however long ago the last one was', async (_, limits, most) => {
    await using table = await aTableWithUserRecord();

    for (let n = 0; n < 8; n += 1) await table.fail([`round-${n}`], { limits, now: NOW + n * LOCK });

    expect((await table.record()).consecutiveFailures).toBe(most);
  });

  test('writes no user record for a user who never asked for a code', async () => {
    await using table = await aChallengeTable();

    await table.users.countFailure(USER_ID, aFailure());
    await table.users.clearFailures(USER_ID, FIRST, BELOW);

    expect(await table.userItem(USER_ID)).toBeUndefined();
  });
});

describe('a right code', () => {
  test('clears the failures, and takes its challenge and that one’s orders out, but no others and nothing from the ceiling', async () => {
    await using table = await aTableWithUserRecord();
    const second = aClaimedDelivery(await table.record(), { challengeId: OTHER, now: NOW + SECOND });
    await table.users.claimDelivery(USER_ID, await table.record(), second);
    const resent = aClaimedDelivery(await table.record(), {
      challengeId: OTHER,
      delivery: 2,
      now: NOW + MINUTE,
    });
    await table.users.claimDelivery(USER_ID, await table.record(), resent);
    await table.fail(['a']);

    const cleared = await table.users.clearFailures(USER_ID, OTHER, BELOW);

    expect(cleared).toBe(true);
    expect(await table.record()).toEqual({
      version: 5,
      consecutiveFailures: 0,
      sends: [],
      orders: { [FIRST]: { 1: NOW } },
      inWindow: { since: NOW, count: 3 },
      inDay: { since: NOW, count: 3 },
    });
    expect(await table.fail(['a'])).toBe(1);
  });

  test('of a challenge that is no longer the latest leaves the latest', async () => {
    await using table = await aTableWithUserRecord();

    expect(await table.users.clearFailures(USER_ID, OTHER, BELOW)).toBe(true);

    expect((await table.record()).latest?.challengeId).toBe(FIRST);
  });

  test.each([
    ['as many failures as lock', { failedRounds: new Set(['a', 'b', 'c']) }, ''],
    ['a block', { blockedUntil: NOW + 1 }, ''],
    ['the list of mails of the first release and no orders', { sends: [NOW] }, 'REMOVE orders'],
  ])('clears nothing without a look if there is %s', async (_, attributes, removed) => {
    await using table = await aTableWithUserRecord();
    await put(table, attributes, removed);
    const before = await table.userItem(USER_ID);

    const unread = await table.users.clearFailures(USER_ID, FIRST, BELOW);
    const after = await table.userItem(USER_ID);
    const read = await table.users.clearFailures(USER_ID, FIRST, { read: await table.record() });

    expect([unread, read]).toEqual([false, true]);
    expect(after).toEqual(before);
    expect(await table.record()).not.toHaveProperty('latest');
    expect((await table.userItem(USER_ID))?.failedRounds).toBeUndefined();
    expect((await table.userItem(USER_ID))?.sends).toEqual('sends' in attributes ? [NOW] : undefined);
  });

  test('clears without a look after a block is over, which it leaves for others to read', async () => {
    await using table = await aTableWithUserRecord();
    await put(table, { blockedUntil: NOW });

    expect(await table.users.clearFailures(USER_ID, FIRST, BELOW)).toBe(true);
    expect((await table.record()).blockedUntil).toBe(NOW);
  });

  test('clears nothing if the record has changed since it was read', async () => {
    await using table = await aTableWithUserRecord();
    const read = await table.record();
    await table.fail(['d']);

    const stale = await table.users.clearFailures(USER_ID, FIRST, { read });
    const fresh = await table.users.clearFailures(USER_ID, FIRST, { read: await table.record() });

    expect([stale, fresh]).toEqual([false, true]);
  });
});

test('failures stay while mails are ordered', async () => {
  await using table = await aTableWithUserRecord();
  await table.fail(['a', 'b', 'c']);

  await table.users.claimDelivery(USER_ID, await table.record(), aClaimedDelivery(await table.record()));

  expect((await table.record()).consecutiveFailures).toBe(3);
});
