import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createdAt, isChallengeId } from '../../../shared/challenge.ts';
import { RESEND_MINIMUM_LIFE_SECONDS, REUSE_MINIMUM_LIFE_SECONDS } from '../../../shared/limits.ts';
import { type DeliveryRequest, decideDelivery, type Guard } from '../../../shared/policy.ts';
import { aChallengeId, MINUTE, NOW, SECOND } from '../../support/challenges.ts';

const LIMITS = { lifetimeSeconds: 300, cooldownSeconds: 30 };
const COOLDOWN = LIMITS.cooldownSeconds * SECOND;
const LIFE = LIMITS.lifetimeSeconds * SECOND;

const limits = fc.record({
  lifetimeSeconds: fc.integer({ min: 300, max: 600 }),
  cooldownSeconds: fc.integer({ min: 10, max: 120 }),
});
const kind = fc.constantFrom('signIn' as const, 'resend' as const);
const delivery = fc.integer({ min: 1, max: 20 });
const passed = fc.integer({ min: 0, max: 20 * MINUTE });

/** A guard whose latest challenge, created at NOW, was last mailed `claimedAfter` later. */
const aGuard = (claimedAfter = 0, delivery = 1): Guard => ({
  version: 7,
  consecutiveFailures: 2,
  latest: { challengeId: aChallengeId(), delivery, claimedAt: NOW + claimedAfter },
});

const decide = (guard: Guard, request: Partial<DeliveryRequest>) =>
  decideDelivery(guard, { kind: 'signIn', now: NOW, ...request }, LIMITS);

describe('within the cooldown', () => {
  test('hands out the latest challenge while it has a minute to live, to sign-ins and resends', () => {
    fc.assert(
      fc.property(kind, limits, delivery, passed, passed, (kind, limits, delivery, claimedAfter, later) => {
        const now = NOW + claimedAfter + later;
        fc.pre(later < limits.cooldownSeconds * SECOND);
        fc.pre(now <= NOW + (limits.lifetimeSeconds - REUSE_MINIMUM_LIFE_SECONDS) * SECOND);

        const decision = decideDelivery(aGuard(claimedAfter, delivery), { kind, now }, limits);

        expect(decision).toEqual({ kind: 'reuse', challengeId: aChallengeId(), delivery });
      }),
    );
  });

  test('ends with the last millisecond', () => {
    const kinds = [COOLDOWN - 1, COOLDOWN].map((later) => decide(aGuard(), { now: NOW + later }).kind);

    expect(kinds).toEqual(['reuse', 'claim']);
  });

  test('holds when the clock that claimed was ahead of this one', () => {
    const decision = decide(aGuard(2 * SECOND), { now: NOW + SECOND });

    expect(decision.kind).toBe('reuse');
  });
});

describe('after the cooldown', () => {
  test('claims a new challenge of this very moment for a sign-in', () => {
    fc.assert(
      fc.property(limits, delivery, passed, (limits, delivery, later) => {
        fc.pre(later >= limits.cooldownSeconds * SECOND);
        const now = NOW + later;

        const decision = decideDelivery(aGuard(0, delivery), { kind: 'signIn', now }, limits);

        expect(decision).toMatchObject({ kind: 'claim', delivery: 1 });
        expect(decision.challengeId).not.toBe(aChallengeId());
        expect(isChallengeId(decision.challengeId)).toBe(true);
        expect(createdAt(decision.challengeId)).toBe(now);
      }),
    );
  });

  test('claims the next mail of the same challenge for a resend while enough of its life is left', () => {
    fc.assert(
      fc.property(limits, delivery, passed, (limits, delivery, later) => {
        const left = limits.lifetimeSeconds * SECOND - later;
        fc.pre(later >= limits.cooldownSeconds * SECOND && left >= RESEND_MINIMUM_LIFE_SECONDS * SECOND);

        const request = { kind: 'resend', now: NOW + later } as const;
        const decision = decideDelivery(aGuard(0, delivery), request, limits);

        expect(decision).toEqual({
          kind: 'claim',
          challengeId: aChallengeId(),
          delivery: delivery + 1,
        });
      }),
    );
  });

  test('claims a new challenge for a resend when less than two minutes are left', () => {
    const last = LIFE - RESEND_MINIMUM_LIFE_SECONDS * SECOND;
    const [enough, tooLittle] = [last, last + 1].map((later) =>
      decide(aGuard(), { kind: 'resend', now: NOW + later }),
    );

    expect(enough).toMatchObject({ challengeId: aChallengeId(), delivery: 2 });
    expect(tooLittle).toMatchObject({ kind: 'claim', delivery: 1 });
    expect(tooLittle?.challengeId).not.toBe(aChallengeId());
  });
});

describe('never hands out', () => {
  test('a challenge that is known to be over', () => {
    fc.assert(
      fc.property(kind, limits, delivery, passed, (kind, limits, delivery, later) => {
        const request = { kind, now: NOW + later, over: aChallengeId() };

        const decision = decideDelivery(aGuard(0, delivery), request, limits);

        expect(decision).toMatchObject({ kind: 'claim', delivery: 1 });
        expect(decision.challengeId).not.toBe(aChallengeId());
      }),
    );
  });

  test('a challenge that has less than a minute to live, even within the cooldown', () => {
    const decision = decide(aGuard(LIFE - 61 * SECOND), { now: NOW + LIFE - 59 * SECOND });

    expect(decision).toMatchObject({ kind: 'claim', delivery: 1 });
  });
});

test('lets another challenge being over not keep the latest from being handed out', () => {
  const decision = decide(aGuard(), { over: aChallengeId(1) });

  expect(decision.challengeId).toBe(aChallengeId());
});

test('claims a first challenge where there is no latest one', () => {
  fc.assert(
    fc.property(kind, fc.nat(), fc.nat(), (kind, version, consecutiveFailures) => {
      const decision = decide({ version, consecutiveFailures }, { kind });

      expect(decision).toMatchObject({ kind: 'claim', delivery: 1 });
    }),
  );
});

test('is pure: leaves its input as it is and decides the same again, but for the new id', () => {
  fc.assert(
    fc.property(kind, limits, passed, (kind, limits, later) => {
      const guard = Object.freeze(aGuard());
      Object.freeze(guard.latest);
      const request = Object.freeze({ kind, now: NOW + later });

      const [first, second] = [1, 2].map(() => decideDelivery(guard, request, Object.freeze(limits)));

      expect(first?.kind).toBe(second?.kind);
      expect(first?.delivery).toBe(second?.delivery);
      const isNew = first?.kind === 'claim' && first.delivery === 1;
      expect(first?.challengeId === second?.challengeId).toBe(!isNew);
      expect(guard).toEqual(aGuard());
    }),
  );
});
