import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_LOCK_SECONDS, SEND_WINDOW_SECONDS } from '../../../../shared/domain/limits.ts';
import {
  decideDelivery,
  lockedUntil,
  NO_USER_RECORD,
  type UserRecord,
} from '../../../../shared/domain/policy.ts';
import { aChallengeId, DEFAULT_LIMITS, MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WINDOW = SEND_WINDOW_SECONDS * SECOND;

const failed = (consecutiveFailures: number, lastFailureAt = NOW): UserRecord => ({
  ...NO_USER_RECORD,
  version: 1,
  consecutiveFailures,
  lastFailureAt,
});

const decide = (userRecord: UserRecord, now = NOW, kind: 'signIn' | 'resend' = 'signIn') =>
  decideDelivery(userRecord, { kind, now, newId: aChallengeId(1, now) }, DEFAULT_LIMITS);

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
    const latest = { challengeId: aChallengeId(), delivery: 1, claimedAt: NOW };
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

describe('mails', () => {
  const sentAt = (...sends: readonly number[]): UserRecord => ({ ...NO_USER_RECORD, version: 1, sends });
  const minutes = (...values: readonly number[]) => values.map((minute) => NOW + minute * MINUTE);

  test('are refused after five within 15 minutes, until the first of them is that old', () => {
    const userRecord = sentAt(...minutes(0, 2, 4, 6, 8));

    expect(decide(userRecord, NOW + WINDOW - 1)).toEqual({
      kind: 'refused',
      code: 'SEND_LIMIT',
      retryAt: NOW + WINDOW,
    });
    expect(decide(userRecord, NOW + WINDOW)).toMatchObject({
      kind: 'claim',
      sends: [...userRecord.sends, NOW + WINDOW],
    });
  });

  test('are refused after twenty within a day, until the first of them is that old', () => {
    const userRecord = sentAt(...Array.from({ length: 20 }, (_, n) => NOW + n * HOUR));

    expect(decide(userRecord, NOW + DAY - 1)).toMatchObject({ code: 'SEND_LIMIT', retryAt: NOW + DAY });
    expect(decide(userRecord, NOW + DAY).kind).toBe('claim');
  });

  test('that are older than a day are forgotten with the next order', () => {
    const decision = decide(sentAt(NOW, NOW + 1, NOW + HOUR), NOW + DAY);

    expect(decision).toMatchObject({ kind: 'claim', sends: [NOW + 1, NOW + HOUR, NOW + DAY] });
  });

  test('are not ordered beyond the limit, but the live challenge is still handed out, with the time of the next mail', () => {
    const latest = { challengeId: aChallengeId(), delivery: 3, claimedAt: NOW };
    const sends = minutes(-8, -6, -4, -2, 0);

    for (const kind of ['signIn', 'resend'] as const) {
      expect(decide({ ...sentAt(...sends), latest }, NOW + MINUTE, kind)).toEqual({
        kind: 'reuse',
        challengeId: aChallengeId(),
        delivery: 3,
        sendLimitUntil: NOW - 8 * MINUTE + WINDOW,
      });
    }
  });

  test('never come to more than the limits allow, whoever asks and whenever, by clocks that differ', () => {
    const request = fc.record({
      wait: fc.oneof(fc.nat(MINUTE), fc.nat(20 * MINUTE)),
      skew: fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }),
      kind: fc.constantFrom('signIn' as const, 'resend' as const),
      isOver: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 120, size: 'max' }), (requests) => {
        let [userRecord, time] = [NO_USER_RECORD, NOW];
        const ordered: number[] = [];
        for (const { wait, skew, kind, isOver } of requests) {
          time += wait;
          const now = time + skew;
          const { latest, ...rest } = userRecord;
          const decision = decideDelivery(
            isOver ? rest : userRecord,
            { kind, now, newId: aChallengeId(1, now) },
            DEFAULT_LIMITS,
          );
          if (decision.kind !== 'claim') continue;
          const { challengeId, delivery, sends } = decision;
          userRecord = { ...userRecord, sends, latest: { challengeId, delivery, claimedAt: now } };
          ordered.push(now);
        }
        const within = (span: number) =>
          Math.max(0, ...ordered.map((at) => ordered.filter((o) => o > at - span && o <= at).length));

        expect(within(WINDOW)).toBeLessThanOrEqual(5);
        expect(within(DAY)).toBeLessThanOrEqual(20);
        expect(userRecord.sends.length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 300 },
    );
  });
});
