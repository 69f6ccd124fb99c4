import { describe, expect, test } from 'vitest';
import { NO_USER_RECORD } from '../../../../shared/domain/policy.ts';
import type { DeliveryClaim, Failure } from '../../../../shared/table/user-store.ts';
import { aChallengeTable } from '../../../support/table/challenge-table.ts';
import { aChallengeId, NOW, SECOND, USER_ID } from '../../../support/table/challenges.ts';

// The user's record, on a real DynamoDB engine.

const FIRST = aChallengeId();
const OTHER = aChallengeId(1);

const aFailure = (changes: Partial<Failure> = {}): Failure => ({
  challengeId: FIRST,
  round: 'round-1',
  now: NOW + SECOND,
  exhausted: false,
  maxFailures: 100,
  ...changes,
});

const aDecision = (challengeId = FIRST, delivery = 1): DeliveryClaim => ({
  kind: 'claim',
  challengeId,
  delivery,
  sends: [NOW],
});

/** For users whose failures do not lock them. */
const BELOW = { failuresBelow: 20 };

const aTableWithUserRecord = async () => {
  const table = await aChallengeTable();
  await table.users.claimDelivery(USER_ID, NO_USER_RECORD, aDecision(), NOW);
  return table;
};

test('reads an empty user record for a user without one', async () => {
  await using table = await aChallengeTable();

  const userRecord = await table.users.readUserRecord(USER_ID);

  expect(userRecord).toEqual({ version: 0, consecutiveFailures: 0, sends: [] });
});

test('makes a claimed mail the latest one', async () => {
  await using table = await aChallengeTable();

  const won = await table.users.claimDelivery(USER_ID, NO_USER_RECORD, aDecision(), NOW);

  expect(won).toBe(true);
  expect(await table.users.readUserRecord(USER_ID)).toEqual({
    version: 1,
    consecutiveFailures: 0,
    sends: [NOW],
    latest: { challengeId: FIRST, delivery: 1, claimedAt: NOW },
  });
});

test('replaces the latest challenge, so there is never more than one', async () => {
  await using table = await aTableWithUserRecord();
  const userRecord = await table.users.readUserRecord(USER_ID);

  const won = await table.users.claimDelivery(USER_ID, userRecord, aDecision(OTHER), NOW + SECOND);

  expect(won).toBe(true);
  expect((await table.userItem(USER_ID))?.latest).toEqual({
    [OTHER]: { delivery: 1, claimedAt: NOW + SECOND },
  });
});

test.each([['no user record yet'], ['a user record']])(
  'lets exactly one of eight claims win that read %s',
  async (seen) => {
    await using table = seen === 'a user record' ? await aTableWithUserRecord() : await aChallengeTable();
    const userRecord = await table.users.readUserRecord(USER_ID);

    const claims = Array.from({ length: 8 }, (_, n) =>
      table.users.claimDelivery(USER_ID, userRecord, aDecision(aChallengeId(10 + n)), NOW + n),
    );

    const won = (await Promise.all(claims)).map((result, n) => (result ? aChallengeId(10 + n) : undefined));
    const winners = won.filter((id) => id !== undefined);
    expect(winners).toHaveLength(1);
    expect((await table.users.readUserRecord(USER_ID)).latest?.challengeId).toBe(winners[0]);
  },
);

test('refuses a claim when answers were counted since the user record was read', async () => {
  await using table = await aTableWithUserRecord();
  const userRecord = await table.users.readUserRecord(USER_ID);
  await table.users.countFailure(USER_ID, aFailure());

  const won = await table.users.claimDelivery(USER_ID, userRecord, aDecision(OTHER), NOW);

  expect(won).toBe(false);
});

test('keeps the failure count when a new challenge is claimed', async () => {
  await using table = await aTableWithUserRecord();
  await table.users.countFailure(USER_ID, aFailure());

  await table.users.claimDelivery(USER_ID, await table.users.readUserRecord(USER_ID), aDecision(OTHER), NOW);

  expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(1);
});

test('counts each round once, however often it is repeated', async () => {
  await using table = await aTableWithUserRecord();

  await table.users.countFailure(USER_ID, aFailure());
  await table.users.countFailure(USER_ID, aFailure());
  await table.users.countFailure(USER_ID, aFailure({ round: 'round-2' }));

  expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(2);
});

test('counts every one of twenty concurrent rounds', async () => {
  await using table = await aTableWithUserRecord();

  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      table.users.countFailure(USER_ID, aFailure({ round: `round-${n}` })),
    ),
  );

  expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(20);
});

test('stops counting at a hundred, so that the item cannot grow without end', async () => {
  await using table = await aTableWithUserRecord();

  for (let n = 0; n < 105; n += 1) await table.users.countFailure(USER_ID, aFailure({ round: `round-${n}` }));

  expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(100);
});

test('keeps the latest challenge for as long as it is not exhausted', async () => {
  await using table = await aTableWithUserRecord();

  await table.users.countFailure(USER_ID, aFailure());
  const before = (await table.users.readUserRecord(USER_ID)).latest;
  await table.users.countFailure(USER_ID, aFailure({ round: 'round-2', exhausted: true }));
  const after = (await table.users.readUserRecord(USER_ID)).latest;

  expect(before?.challengeId).toBe(FIRST);
  expect(after).toBeUndefined();
});

test('withdraws an exhausted or verified challenge only if it is still the latest one', async () => {
  await using table = await aTableWithUserRecord();

  await table.users.countFailure(USER_ID, aFailure({ challengeId: OTHER, exhausted: true }));
  await table.users.clearFailures(USER_ID, OTHER, BELOW);
  const afterOther = (await table.users.readUserRecord(USER_ID)).latest;
  await table.users.clearFailures(USER_ID, FIRST, BELOW);
  const afterOwn = (await table.users.readUserRecord(USER_ID)).latest;

  expect(afterOther?.challengeId).toBe(FIRST);
  expect(afterOwn).toBeUndefined();
});

test('starts the failure count again after a right code', async () => {
  await using table = await aTableWithUserRecord();
  await table.users.countFailure(USER_ID, aFailure());

  await table.users.clearFailures(USER_ID, FIRST, BELOW);
  const cleared = await table.users.readUserRecord(USER_ID);
  await table.users.countFailure(USER_ID, aFailure());

  expect(cleared).toEqual({ version: 3, consecutiveFailures: 0, sends: [NOW] });
  expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(1);
});

test('returns what it has counted, and when', async () => {
  await using table = await aTableWithUserRecord();
  await table.users.countFailure(USER_ID, aFailure());

  const userRecord = await table.users.countFailure(
    USER_ID,
    aFailure({ round: 'round-2', now: NOW + 2 * SECOND }),
  );

  expect(userRecord).toMatchObject({ consecutiveFailures: 2, lastFailureAt: NOW + 2 * SECOND });
  expect(userRecord).toEqual(await table.users.readUserRecord(USER_ID));
});

describe('the failures of a user who has as many as lock', () => {
  const aLockedTable = async () => {
    const table = await aTableWithUserRecord();
    for (const round of ['a', 'b', 'c']) await table.users.countFailure(USER_ID, aFailure({ round }));
    return table;
  };

  test.each([
    [3, false, 3],
    [4, true, 0],
  ])('are cleared by a right code only below the threshold (%i)', async (failuresBelow, cleared, left) => {
    await using table = await aLockedTable();

    expect(await table.users.clearFailures(USER_ID, FIRST, { failuresBelow })).toBe(cleared);

    const userRecord = await table.users.readUserRecord(USER_ID);
    expect(userRecord.consecutiveFailures).toBe(left);
    expect(userRecord.latest === undefined).toBe(cleared);
  });

  test('are cleared where nothing has changed since the user record was read', async () => {
    await using table = await aLockedTable();
    const { version } = await table.users.readUserRecord(USER_ID);
    await table.users.countFailure(USER_ID, aFailure({ round: 'd' }));

    const stale = await table.users.clearFailures(USER_ID, FIRST, { version });
    const fresh = await table.users.clearFailures(USER_ID, FIRST, { version: version + 1 });

    expect([stale, fresh]).toEqual([false, true]);
  });

  test('stay while mails are ordered, which the user record remembers', async () => {
    await using table = await aLockedTable();
    const userRecord = await table.users.readUserRecord(USER_ID);
    const claim = { ...aDecision(OTHER), sends: [NOW, NOW + SECOND] };

    await table.users.claimDelivery(USER_ID, userRecord, claim, NOW + SECOND);

    expect(await table.users.readUserRecord(USER_ID)).toMatchObject({
      consecutiveFailures: 3,
      sends: [NOW, NOW + SECOND],
    });
  });
});

test('makes a claim possible again after the latest challenge was withdrawn', async () => {
  await using table = await aTableWithUserRecord();
  await table.users.clearFailures(USER_ID, FIRST, BELOW);

  const userRecord = await table.users.readUserRecord(USER_ID);
  const won = await table.users.claimDelivery(USER_ID, userRecord, aDecision(OTHER), NOW);

  expect(won).toBe(true);
});

test('writes no user record for a user who never asked for a code', async () => {
  await using table = await aChallengeTable();

  await table.users.countFailure(USER_ID, aFailure());
  await table.users.clearFailures(USER_ID, FIRST, BELOW);

  expect(await table.userItem(USER_ID)).toBeUndefined();
});
