import { describe, expect, test } from 'vitest';
import { passUser } from '../../../services/verify-auth-challenge/user-failures.ts';
import { newChallengeId } from '../../../shared/domain/challenge.ts';
import { DAY_SECONDS } from '../../../shared/domain/limits.ts';
import { countedSince, sendAllowedAt } from '../../../shared/domain/orders.ts';
import { decideDelivery, lockedUntil } from '../../../shared/domain/policy.ts';
import { ADDRESS_HASH, anAnswer, DEFAULT_LIMITS, MINUTE, SECOND } from '../../support/table/challenges.ts';
import { anOldTable, OLD_STATES, type OldState, type OldTable, oldChallenge } from './an-old-table.ts';

// User records that the release c5286e8 has stored: a list `sends`, no orders, and a newest challenge without a hash.

const recordOf = ({ users, ref }: OldTable) => users.readUserRecord(ref.userId);

/** A request for a mail at this time, of a user who has only the address that the service knows now. */
const requestAt = (now: number, kind: 'signIn' | 'resend' = 'signIn') => ({
  kind,
  now,
  addressHash: ADDRESS_HASH,
  newId: newChallengeId(now),
});

/** Orders a mail, as create-auth-challenge does. */
const order = async (table: OldTable, now: number) => {
  const before = await recordOf(table);
  const decision = decideDelivery(before, requestAt(now), DEFAULT_LIMITS);
  if (decision.kind !== 'claim') return decision.kind;
  return table.users.claimDelivery(table.ref.userId, before, { ...decision, addressHash: ADDRESS_HASH, now });
};

const pass = ({ challenges, users, ref }: OldTable, now: number) =>
  passUser({ challenges, users, measure: () => {}, limits: DEFAULT_LIMITS }, anAnswer({ ...ref, now }));

describe('an old user record', () => {
  test.each(OLD_STATES)(
    'of a user whose challenge is %s has its times as orders that count',
    async (state) => {
      await using table = await anOldTable(state);
      const record = await recordOf(table);

      expect(record.orders).toBeUndefined();
      expect(record.sends.length).toBeGreaterThan(0);
      expect(countedSince(record, 0)).toBe(record.sends.length);
    },
  );

  test.each(['mailed', 'answeredWrong'] as const)(
    'has a challenge that is %s handed out again within the cooldown, and mailed again after it',
    async (state) => {
      await using table = await anOldTable(state);
      const record = await recordOf(table);
      const { challengeId } = oldChallenge(state);
      const decisionAt = (seconds: number) =>
        decideDelivery(
          record,
          requestAt((record.latest?.claimedAt ?? 0) + seconds * SECOND, 'resend'),
          DEFAULT_LIMITS,
        );

      expect(decisionAt(29)).toMatchObject({ kind: 'reuse', challengeId, delivery: 1, isOver: false });
      expect(decisionAt(30)).toMatchObject({ kind: 'claim', challengeId, delivery: 2 });
    },
  );

  test('locks the user for as long as before, and then lets a right code clear the failures', async () => {
    await using table = await anOldTable('locked');
    const record = await recordOf(table);
    const end = (record.lastFailureAt ?? 0) + 15 * MINUTE;

    expect(record.consecutiveFailures).toBe(20);
    expect(lockedUntil(record, end - 1, DEFAULT_LIMITS)).toBe(end);
    expect(await pass(table, end - 1)).toBe(false);
    expect(await pass(table, end)).toBe(true);
    expect((await recordOf(table)).consecutiveFailures).toBe(0);
  });
});

describe('a right code of a user with an old record', () => {
  test.each(['answeredWrong', 'resent'] satisfies OldState[])(
    'that is %s clears the failures with two more calls, and leaves the old orders',
    async (state) => {
      await using table = await anOldTable(state);
      const { sends } = await recordOf(table);
      const before = table.calls.length;

      expect(await pass(table, oldChallenge(state).expiresAt - MINUTE)).toBe(true);

      expect(table.calls.slice(before)).toEqual(['UpdateItemCommand', 'GetItemCommand', 'UpdateItemCommand']);
      const cleared = await recordOf(table);
      expect(cleared).toMatchObject({ consecutiveFailures: 0, sends });
      expect(cleared.latest).toBeUndefined();
    },
  );

  test('takes one call as soon as a mail was ordered by today’s rules', async () => {
    await using table = await anOldTable('verified');
    const now = oldChallenge('verified').expiresAt;
    expect(await order(table, now)).toBe(true);
    const { latest, sends } = await recordOf(table);
    const before = table.calls.length;

    expect(
      await pass(
        { ...table, ref: { ...table.ref, challengeId: latest?.challengeId ?? table.ref.challengeId } },
        now,
      ),
    ).toBe(true);

    expect(table.calls.slice(before)).toEqual(['UpdateItemCommand']);
    expect(await recordOf(table)).toMatchObject({ orders: {}, sends });
  });
});

describe('the orders of an old record', () => {
  test('count beside today’s, and nobody gives them back', async () => {
    await using table = await anOldTable('resent');
    const { sends } = await recordOf(table);
    const now = oldChallenge('resent').expiresAt;
    await table.users.giveBack(table.ref, [1, 2]);
    for (let n = sends.length; n < 5; n += 1) expect(await order(table, now + n * MINUTE)).toBe(true);

    const record = await recordOf(table);
    expect(record.sends).toEqual(sends);
    expect(countedSince(record, 0)).toBe(5);
    expect(await order(table, now + 6 * MINUTE)).toBe('reuse');
    expect(sendAllowedAt(record, DEFAULT_LIMITS)).toBe((sends[0] ?? 0) + 15 * MINUTE);
  });

  test('are gone a day later, with the list that they were in', async () => {
    await using table = await anOldTable('resent');
    const [first = 0, second = 0] = (await recordOf(table)).sends;

    expect(await order(table, first + DAY_SECONDS * 1000)).toBe(true);
    expect((await recordOf(table)).sends).toEqual([second]);
    expect(await order(table, second + DAY_SECONDS * 1000)).toBe(true);
    expect(await table.userItem(table.ref.userId)).not.toHaveProperty('sends');
  });
});
