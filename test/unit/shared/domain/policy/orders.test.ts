import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChallengeId } from '../../../../../shared/domain/challenge.ts';
import { SEND_WINDOW_SECONDS } from '../../../../../shared/domain/limits.ts';
import { decideDelivery, NO_USER_RECORD, type UserRecord } from '../../../../../shared/domain/policy.ts';
import {
  ADDRESS_HASH,
  aChallengeId,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  SECOND,
} from '../../../../support/table/challenges.ts';

const DAY = 24 * 60 * MINUTE;
const WINDOW = SEND_WINDOW_SECONDS * SECOND;
const COOLDOWN = DEFAULT_LIMITS.resendCooldown * SECOND;

const decide = (userRecord: UserRecord, now = NOW, kind: 'signIn' | 'resend' = 'signIn', n = 1) =>
  decideDelivery(
    userRecord,
    { kind, now, addressHash: ADDRESS_HASH, newId: aChallengeId(n, now) },
    DEFAULT_LIMITS,
  );

type Claim = Extract<ReturnType<typeof decide>, { readonly kind: 'claim' }>;

/** The record with the claimed mail, as the store keeps it. */
const withClaim = (
  userRecord: UserRecord,
  { challengeId, delivery, ordered }: Claim,
  now: number,
): UserRecord => ({
  ...userRecord,
  ...ordered,
  version: userRecord.version + 1,
  latest: { challengeId, delivery, claimedAt: now, addressHash: ADDRESS_HASH },
});

/** The record after a right code, as the store keeps it. */
const verified = ({ latest, orders = {}, ...record }: UserRecord, challengeId: ChallengeId): UserRecord => {
  const { [challengeId]: _, ...others } = orders;
  return { ...record, orders: others, ...(latest && latest.challengeId !== challengeId && { latest }) };
};

/** The record after SES has refused the mail, as the store keeps it. */
const givenBack = (record: UserRecord, { challengeId, delivery }: Claim): UserRecord => {
  const { [delivery]: _, ...others } = record.orders?.[challengeId] ?? {};
  return { ...record, orders: { ...record.orders, [challengeId]: others } };
};

/** The record when another sign-in has ended, which always takes its challenge out. */
const withoutLatest = ({ latest: _, ...record }: UserRecord): UserRecord => record;

const step = fc.record({
  wait: fc.oneof(fc.nat(MINUTE), fc.nat(20 * MINUTE)),
  skew: fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }),
  kind: fc.constantFrom('signIn' as const, 'resend' as const),
  fate: fc.constantFrom('unused' as const, 'verified' as const, 'refused' as const),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Takes the steps, and returns each decision with its time and step. */
const live = (steps: readonly Step[]) => {
  let [userRecord, time] = [NO_USER_RECORD, NOW];
  const decisions = steps.map((taken, n) => {
    time += taken.wait;
    const now = time + taken.skew;
    const decision = decide(userRecord, now, taken.kind, n);
    if (decision.kind === 'claim') {
      userRecord = withClaim(userRecord, decision, now);
      if (taken.fate === 'refused') userRecord = givenBack(userRecord, decision);
    }
    if (decision.kind !== 'refused' && taken.fate === 'verified') {
      userRecord = verified(userRecord, decision.challengeId);
    }
    return { decision, now, ...taken };
  });
  return { decisions, userRecord };
};

describe('below the ceiling of orders', () => {
  test('no number of good sign-ins, and no refusal by SES, leads to a refusal', () => {
    const harmless = step.filter(({ fate }) => fate !== 'unused');
    fc.assert(
      fc.property(fc.array(harmless, { maxLength: 59, size: 'max' }), (steps) => {
        const { decisions } = live(steps);

        expect(decisions.filter(({ decision }) => decision.kind === 'refused')).toEqual([]);
        expect(decisions.filter(({ decision }) => 'limit' in decision)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('good sign-ins and refusals between the mails of a flood do not bring its end nearer', () => {
    const floods = fc.array(fc.nat(10 * MINUTE), { minLength: 1, maxLength: 8 });
    const between = fc.array(fc.constantFrom('verified' as const, 'refused' as const), { maxLength: 5 });
    fc.assert(
      fc.property(floods, between, (waits, fates) => {
        let [alone, mixed, now] = [NO_USER_RECORD, NO_USER_RECORD, NOW];
        for (const [n, wait] of waits.entries()) {
          now += COOLDOWN + wait;
          // Others' mails, which end before the next of the flood is asked for.
          for (const [m, fate] of fates.entries()) {
            const own = decide(withoutLatest(mixed), now, 'signIn', 100 + m);
            if (own.kind !== 'claim') continue;
            const after = withClaim(mixed, own, now);
            mixed = fate === 'verified' ? verified(after, own.challengeId) : givenBack(after, own);
          }
          const [without, among] = [alone, mixed].map((record) =>
            decide(withoutLatest(record), now, 'signIn', n),
          );

          expect(among?.kind).toBe(without?.kind);
          if (without?.kind === 'claim' && among?.kind === 'claim') {
            alone = withClaim(alone, without, now);
            mixed = withClaim(mixed, among, now);
          }
        }
      }),
    );
  });
});

test('mails that nobody uses never come to more than the limits allow, whoever signs in between, by clocks that differ', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
      const { decisions, userRecord } = live(steps);

      const used = decisions.flatMap(({ decision, fate }) =>
        decision.kind !== 'refused' && fate === 'verified' ? [decision.challengeId] : [],
      );
      const unused = decisions.flatMap(({ decision, now, fate }) =>
        decision.kind === 'claim' && fate === 'unused' && !used.includes(decision.challengeId) ? [now] : [],
      );
      const within = (span: number) =>
        Math.max(0, ...unused.map((at) => unused.filter((o) => o > at - span && o <= at).length));
      expect(within(WINDOW)).toBeLessThanOrEqual(5);
      expect(within(DAY)).toBeLessThanOrEqual(20);
      expect(Object.values(userRecord.orders ?? {}).flatMap(Object.values).length).toBeLessThanOrEqual(20);
    }),
    { numRuns: 300 },
  );
});

describe('at a limit', () => {
  const latest = { challengeId: aChallengeId(), delivery: 3, claimedAt: NOW, addressHash: ADDRESS_HASH };
  const ordered = (minutes: readonly number[], changes: Partial<UserRecord> = {}): UserRecord => ({
    ...NO_USER_RECORD,
    version: 1,
    orders: {
      [aChallengeId(9)]: Object.fromEntries(minutes.map((minute, n) => [n + 1, NOW + minute * MINUTE])),
    },
    ...changes,
  });
  const many = { since: NOW - MINUTE, count: 60 };

  test.each([
    ['five mails that nobody used', ordered([-8, -6, -4, -2, 0]), 'SEND_LIMIT', NOW + 7 * MINUTE],
    ['sixty of any fate', ordered([], { inWindow: many }), 'ORDER_LIMIT', NOW + 14 * MINUTE],
    ['both', ordered([-8, -6, -4, -2, 0], { inWindow: many }), 'ORDER_LIMIT', NOW + 14 * MINUTE],
    [
      'two hundred in a day',
      ordered([], { inDay: { ...many, count: 200 } }),
      'ORDER_LIMIT',
      NOW - MINUTE + DAY,
    ],
  ] as const)(
    'of %s a sign-in and a resend are refused by its name until its last millisecond',
    (_, userRecord, code, until) => {
      for (const kind of ['signIn', 'resend'] as const) {
        expect(decide(userRecord, until - 1, kind)).toEqual({ kind: 'refused', code, retryAt: until });
        expect(decide(userRecord, until, kind).kind).toBe('claim');
      }
    },
  );

  test('the live challenge is still handed out after its cooldown, with the limit and the time of the next mail', () => {
    const orders = {
      [latest.challengeId]: { 3: NOW },
      [aChallengeId(9)]: { 1: NOW, 2: NOW, 3: NOW, 4: NOW },
    };
    const userRecord = ordered([], { latest, orders });

    for (const kind of ['signIn', 'resend'] as const) {
      expect(decide(userRecord, NOW + MINUTE, kind)).toEqual({
        kind: 'reuse',
        challengeId: latest.challengeId,
        delivery: 3,
        isOver: false,
        limit: { code: 'SEND_LIMIT', until: NOW + WINDOW },
      });
    }
  });
});

describe('an order that SES refused', () => {
  const latest = { challengeId: aChallengeId(), delivery: 1, claimedAt: NOW, addressHash: ADDRESS_HASH };
  const userRecord: UserRecord = { ...NO_USER_RECORD, version: 2, orders: { [aChallengeId()]: {} }, latest };

  test('leaves the challenge for the cooldown, and its mail is not started again', () => {
    for (const kind of ['signIn', 'resend'] as const) {
      expect(decide(userRecord, NOW + COOLDOWN - 1, kind)).toEqual({
        kind: 'reuse',
        challengeId: aChallengeId(),
        delivery: 1,
        isOver: true,
      });
    }
  });

  test('is followed by one with another number, or of another challenge', () => {
    expect(decide(userRecord, NOW + COOLDOWN, 'resend')).toMatchObject({
      kind: 'claim',
      challengeId: aChallengeId(),
      delivery: 2,
    });
    expect(decide(userRecord, NOW + COOLDOWN)).toMatchObject({
      kind: 'claim',
      challengeId: aChallengeId(1, NOW + COOLDOWN),
      delivery: 1,
    });
  });
});
