import { expect, test } from 'vitest';
import { NO_GUARD } from '../../../../shared/domain/policy.ts';
import { aChallengeTable } from '../../../support/table/challenge-table.ts';
import { aChallengeId, NOW, SECOND, USER_ID } from '../../../support/table/challenges.ts';

// An operator's unlocking, on a real DynamoDB engine.

const CLAIM = { kind: 'claim', challengeId: aChallengeId(), delivery: 1, sends: [NOW] } as const;

const aTableWithFailures = async (failures: number) => {
  const table = await aChallengeTable();
  await table.guards.claimDelivery(USER_ID, NO_GUARD, CLAIM, NOW);
  const fail = (round: string) =>
    table.guards.countFailure(USER_ID, {
      ...{ challengeId: CLAIM.challengeId, round, now: NOW + SECOND },
      ...{ exhausted: false, maxFailures: 100 },
    });
  for (let n = 0; n < failures; n += 1) await fail(`round-${n}`);
  return { ...table, fail };
};

test('starts the failure count again, and keeps the latest challenge and the mails ordered', async () => {
  await using table = await aTableWithFailures(3);
  const guard = await table.guards.readGuard(USER_ID);

  const unlocked = await table.guards.unlock(USER_ID, guard);

  const { lastFailureAt, ...others } = guard;
  expect(lastFailureAt).toBe(NOW + SECOND);
  expect(unlocked).toEqual({ ...others, version: guard.version + 1, consecutiveFailures: 0 });
  expect(await table.guards.readGuard(USER_ID)).toEqual(unlocked);
});

test('changes nothing where an answer was counted since the guard was read', async () => {
  await using table = await aTableWithFailures(3);
  const guard = await table.guards.readGuard(USER_ID);
  await table.fail('round-of-another');

  const unlocked = await table.guards.unlock(USER_ID, guard);

  expect(unlocked).toBeUndefined();
  expect((await table.guards.readGuard(USER_ID)).consecutiveFailures).toBe(4);
});

test('of eight unlockings at once one takes place', async () => {
  await using table = await aTableWithFailures(3);
  const guard = await table.guards.readGuard(USER_ID);

  const all = await Promise.all(Array.from({ length: 8 }, () => table.guards.unlock(USER_ID, guard)));

  expect(all.filter((unlocked) => unlocked !== undefined)).toHaveLength(1);
});

test('writes no guard for a user without one', async () => {
  await using table = await aChallengeTable();

  expect(await table.guards.unlock(USER_ID, NO_GUARD)).toBeUndefined();
  expect(await table.guardItem(USER_ID)).toBeUndefined();
});
