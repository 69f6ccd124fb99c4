import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_LOCK_SECONDS } from '../../../../../shared/domain/limits.ts';
import {
  decideDelivery,
  lockedUntil,
  NO_USER_RECORD,
  takesOneAnswer,
  triesUntilLock,
  type UserRecord,
} from '../../../../../shared/domain/policy.ts';
import {
  ADDRESS_HASH,
  aChallengeId,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  SECOND,
} from '../../../../support/table/challenges.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const failed = (consecutiveFailures: number, lastFailureAt = NOW): UserRecord => ({
  ...NO_USER_RECORD,
  version: 1,
  consecutiveFailures,
  lastFailureAt,
});

const decide = (userRecord: UserRecord, now = NOW, kind: 'signIn' | 'resend' = 'signIn') =>
  decideDelivery(
    userRecord,
    { kind, now, addressHash: ADDRESS_HASH, newId: aChallengeId(1, now) },
    DEFAULT_LIMITS,
  );

describe('wrong answers in a row', () => {
  test.each([
    [0, undefined],
    [19, undefined],
    [20, 15 * MINUTE],
    [21, 30 * MINUTE],
    [22, HOUR],
    [26, 16 * HOUR],
    [27, DAY],
    [99, DAY],
    [100, Number.POSITIVE_INFINITY],
  ])('%i of them lock the user for %s ms', (failures, duration) => {
    const until = lockedUntil(failed(failures), NOW, DEFAULT_LIMITS);

    expect(until).toBe(duration === undefined ? undefined : NOW + duration);
  });

  test('lock until the last millisecond, counted from the last of them', () => {
    const at = (now: number) => lockedUntil(failed(20, NOW - MINUTE), now, DEFAULT_LIMITS);

    expect(at(NOW + 14 * MINUTE - 1)).toBe(NOW + 14 * MINUTE);
    expect(at(NOW + 14 * MINUTE)).toBeUndefined();
  });

  test('never lock for a shorter time the more there are, and never longer than a day before the ceiling', () => {
    const failures = fc.integer({ min: 0, max: 99 });
    const limits = fc
      .record({
        lockThreshold: fc.integer({ min: 5, max: 100 }),
        lockDuration: fc.integer({ min: 60, max: 86_400 }),
      })
      .map((changes) => ({ ...DEFAULT_LIMITS, ...changes }));
    fc.assert(
      fc.property(limits, failures, (limits, count) => {
        const [less = 0, more = 0] = [count, count + 1].map(
          (n) => lockedUntil(failed(n), NOW, limits) ?? NOW,
        );

        expect(more).toBeGreaterThanOrEqual(less);
        expect(less).toBeLessThanOrEqual(NOW + MAX_LOCK_SECONDS * SECOND);
      }),
    );
  });

  test('refuse a new challenge and a resend while they lock, though one is live and was just mailed', () => {
    const latest = { challengeId: aChallengeId(), delivery: 1, claimedAt: NOW, addressHash: ADDRESS_HASH };
    const userRecord = { ...failed(20), latest };

    for (const kind of ['signIn', 'resend'] as const) {
      expect(decide(userRecord, NOW, kind)).toEqual({
        kind: 'refused',
        code: 'LOCKED',
        retryAt: NOW + 15 * MINUTE,
      });
    }
    expect(decide(userRecord, NOW + 15 * MINUTE).kind).toBe('claim');
  });

  test('lock for good at the ceiling, however long ago the last one was', () => {
    expect(decide(failed(100), NOW + 365 * DAY)).toMatchObject({
      code: 'LOCKED',
      retryAt: Number.POSITIVE_INFINITY,
    });
  });
});

describe('a block that a report set', () => {
  const blocked = (blockedUntil: number, changes: Partial<UserRecord> = {}): UserRecord => ({
    ...NO_USER_RECORD,
    version: 1,
    blockedUntil,
    ...changes,
  });

  test('keeps the user out until its last millisecond, without any wrong answer', () => {
    const userRecord = blocked(NOW + MINUTE);

    expect(decide(userRecord, NOW + MINUTE - 1)).toEqual({
      kind: 'refused',
      code: 'LOCKED',
      retryAt: NOW + MINUTE,
    });
    expect(decide(userRecord, NOW + MINUTE).kind).toBe('claim');
  });

  test.each([
    ['a lock that is shorter', 20, NOW + HOUR, NOW + HOUR],
    ['a lock that is longer', 26, NOW + HOUR, NOW + 16 * HOUR],
    ['a lock that only an operator ends', 100, NOW + HOUR, Number.POSITIVE_INFINITY],
    ['wrong answers short of a lock', 19, NOW + HOUR, NOW + HOUR],
    ['a lock, when the block is past', 20, NOW - 1, NOW + 15 * MINUTE],
  ])('beside %s, the later end holds', (_, consecutiveFailures, blockedUntil, expected) => {
    const userRecord = blocked(blockedUntil, { consecutiveFailures, lastFailureAt: NOW });

    expect(lockedUntil(userRecord, NOW, DEFAULT_LIMITS)).toBe(expected);
  });
});

describe('on the way to a lock', () => {
  test.each([
    [0, undefined],
    [14, undefined],
    [15, 5],
    [18, 2],
    [19, 1],
    [20, 1],
    [99, 1],
  ])('after %i wrong answers the tries that are left are told from five on down: %s', (failures, left) => {
    expect(triesUntilLock(failed(failures), DEFAULT_LIMITS)).toBe(left);
  });

  test('the tries that are left are those to the earlier of the two numbers that lock', () => {
    const limits = { ...DEFAULT_LIMITS, lockThreshold: 50, maxFailures: 10 };

    expect(triesUntilLock(failed(7), limits)).toBe(3);
  });

  test.each([
    [0, false],
    [19, false],
    [20, true],
    [99, true],
  ])('a challenge that is made after %i wrong answers takes one answer only: %s', (failures, expected) => {
    expect(takesOneAnswer(failed(failures), DEFAULT_LIMITS)).toBe(expected);
  });
});
