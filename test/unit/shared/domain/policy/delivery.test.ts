import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  RESEND_MINIMUM_LIFE_SECONDS,
  REUSE_MINIMUM_LIFE_SECONDS,
} from '../../../../../shared/domain/code-life.ts';
import {
  cooldownAfter,
  type DeliveryLimits,
  type DeliveryRequest,
  decideDelivery,
  NO_USER_RECORD,
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

const COOLDOWN = DEFAULT_LIMITS.resendCooldown * SECOND;
const LIFE = DEFAULT_LIMITS.codeLifetime * SECOND;

const limits = fc
  .record({
    codeLifetime: fc.integer({ min: 300, max: 600 }),
    resendCooldown: fc.integer({ min: 20, max: 120 }),
    laterResendCooldown: fc.integer({ min: 20, max: 300 }),
  })
  .map((changes): DeliveryLimits => ({ ...DEFAULT_LIMITS, ...changes }));
const kind = fc.constantFrom('signIn' as const, 'resend' as const);
const delivery = fc.integer({ min: 1, max: 20 });
const passed = fc.integer({ min: 0, max: 20 * MINUTE });

/** A user record whose latest challenge, created at NOW, was last mailed `claimedAfter` later. */
const aUserRecord = (claimedAfter = 0, delivery = 1): UserRecord => {
  const claimedAt = NOW + claimedAfter;
  return {
    version: 7,
    consecutiveFailures: 2,
    lastFailureAt: NOW,
    sends: [],
    orders: { [aChallengeId()]: { [delivery]: claimedAt } },
    inWindow: { since: NOW, count: 1 },
    inDay: { since: NOW, count: 1 },
    latest: { challengeId: aChallengeId(), delivery, claimedAt, addressHash: ADDRESS_HASH },
  };
};

const NEW = aChallengeId(1);

type Request = Omit<DeliveryRequest, 'newId' | 'addressHash'>;

/** The decision. Fails if it is a refusal. */
const decideOn = (userRecord: UserRecord, request: Request, limits: DeliveryLimits) => {
  const asked = { ...request, addressHash: ADDRESS_HASH, newId: NEW };
  const decision = decideDelivery(userRecord, asked, limits);
  return decision.kind === 'refused' ? expect.unreachable(`refused: ${decision.code}`) : decision;
};

const decide = (userRecord: UserRecord, request: Partial<Request>) =>
  decideOn(userRecord, { kind: 'signIn', now: NOW, ...request }, DEFAULT_LIMITS);

describe('within the cooldown', () => {
  test('hands out the latest challenge while it has a minute to live, to sign-ins and resends', () => {
    fc.assert(
      fc.property(kind, limits, delivery, passed, passed, (kind, limits, delivery, claimedAfter, later) => {
        const now = NOW + claimedAfter + later;
        fc.pre(later < cooldownAfter(delivery, limits) * SECOND);
        fc.pre(now <= NOW + (limits.codeLifetime - REUSE_MINIMUM_LIFE_SECONDS) * SECOND);

        const decision = decideOn(aUserRecord(claimedAfter, delivery), { kind, now }, limits);

        expect(decision).toEqual({ kind: 'reuse', challengeId: aChallengeId(), delivery, isOver: false });
      }),
    );
  });

  test('ends with the last millisecond', () => {
    const kinds = [COOLDOWN - 1, COOLDOWN].map((later) => decide(aUserRecord(), { now: NOW + later }).kind);

    expect(kinds).toEqual(['reuse', 'claim']);
  });

  test('holds when the clock that claimed was ahead of this one', () => {
    const decision = decide(aUserRecord(2 * SECOND), { now: NOW + SECOND });

    expect(decision.kind).toBe('reuse');
  });
});

describe('after the cooldown', () => {
  test('claims a new challenge for a sign-in', () => {
    fc.assert(
      fc.property(limits, delivery, passed, (limits, delivery, later) => {
        fc.pre(later >= cooldownAfter(delivery, limits) * SECOND);
        const now = NOW + later;

        const decision = decideOn(aUserRecord(0, delivery), { kind: 'signIn', now }, limits);

        expect(decision).toEqual({
          kind: 'claim',
          challengeId: NEW,
          delivery: 1,
          ordered: expect.anything(),
        });
        expect(decision).toMatchObject({
          ordered: { orders: { [aChallengeId()]: { [delivery]: NOW }, [NEW]: { 1: now } } },
        });
      }),
    );
  });

  test('claims the next mail of the same challenge for a resend while enough of its life is left', () => {
    fc.assert(
      fc.property(limits, delivery, passed, (limits, delivery, later) => {
        const left = limits.codeLifetime * SECOND - later;
        fc.pre(
          later >= cooldownAfter(delivery, limits) * SECOND && left >= RESEND_MINIMUM_LIFE_SECONDS * SECOND,
        );

        const request = { kind: 'resend', now: NOW + later } as const;
        const decision = decideOn(aUserRecord(0, delivery), request, limits);

        expect(decision).toEqual({
          kind: 'claim',
          challengeId: aChallengeId(),
          delivery: delivery + 1,
          ordered: expect.objectContaining({
            orders: { [aChallengeId()]: { [delivery]: NOW, [delivery + 1]: NOW + later } },
          }),
        });
      }),
    );
  });

  test('claims a new challenge for a resend when less than two minutes are left', () => {
    const last = LIFE - RESEND_MINIMUM_LIFE_SECONDS * SECOND;
    const [enough, tooLittle] = [last, last + 1].map((later) =>
      decide(aUserRecord(), { kind: 'resend', now: NOW + later }),
    );

    expect(enough).toMatchObject({ challengeId: aChallengeId(), delivery: 2 });
    expect(tooLittle).toMatchObject({ kind: 'claim', challengeId: NEW, delivery: 1 });
  });
});

describe('never hands out', () => {
  test('a challenge that is known to be over', () => {
    fc.assert(
      fc.property(kind, limits, delivery, passed, (kind, limits, delivery, later) => {
        const request = { kind, now: NOW + later, over: aChallengeId() };

        const decision = decideOn(aUserRecord(0, delivery), request, limits);

        expect(decision).toMatchObject({ kind: 'claim', challengeId: NEW, delivery: 1 });
      }),
    );
  });

  test('a challenge that has less than a minute to live, even within the cooldown', () => {
    const userRecord = aUserRecord(LIFE - 61 * SECOND);
    const [enough, tooLittle] = [MINUTE, MINUTE - 1].map((left) =>
      decide(userRecord, { now: NOW + LIFE - left }),
    );

    expect(enough).toMatchObject({ kind: 'reuse', challengeId: aChallengeId() });
    expect(tooLittle).toMatchObject({ kind: 'claim', challengeId: NEW, delivery: 1 });
  });
});

test('hands out the latest challenge although another one is over', () => {
  const decision = decide(aUserRecord(), { over: aChallengeId(2) });

  expect(decision.challengeId).toBe(aChallengeId());
});

test('claims a first challenge where there is no latest one', () => {
  fc.assert(
    fc.property(kind, fc.nat(), fc.nat(19), (kind, version, consecutiveFailures) => {
      const decision = decide({ ...NO_USER_RECORD, version, consecutiveFailures }, { kind });

      expect(decision).toMatchObject({ kind: 'claim', challengeId: NEW, delivery: 1 });
    }),
  );
});

test('waits longer after each further mail of a challenge than after the first', () => {
  const at = (later: number) => decide(aUserRecord(0, 2), { kind: 'resend', now: NOW + later }).kind;

  expect([at(COOLDOWN), at(60 * SECOND - 1), at(60 * SECOND)]).toEqual(['reuse', 'reuse', 'claim']);
});

test('is pure: leaves its input as it is and decides the same again', () => {
  fc.assert(
    fc.property(kind, limits, passed, (kind, limits, later) => {
      const userRecord = Object.freeze(aUserRecord());
      const { latest, orders, inWindow, inDay } = userRecord;
      for (const part of [latest, orders, inWindow, inDay]) Object.freeze(part);
      const request = Object.freeze({ kind, now: NOW + later });

      const [first, second] = [1, 2].map(() => decideOn(userRecord, request, Object.freeze(limits)));

      expect(first).toEqual(second);
      expect(userRecord).toEqual(aUserRecord());
    }),
  );
});
