import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DeliveryDecision,
  type DeliveryRequest,
  decideDelivery,
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

// The latest challenge was made at NOW, for the address that the user had then.

const NEW = aChallengeId(1);
const LIFE = DEFAULT_LIMITS.codeLifetime * SECOND;

const aUserRecord = (changes: Partial<UserRecord> = {}): UserRecord => ({
  version: 7,
  consecutiveFailures: 0,
  sends: [],
  orders: { [aChallengeId()]: { 1: NOW } },
  latest: { challengeId: aChallengeId(), delivery: 1, claimedAt: NOW, addressHash: ADDRESS_HASH },
  ...changes,
});

const decide = (userRecord: UserRecord, request: Partial<DeliveryRequest> = {}): DeliveryDecision =>
  decideDelivery(
    userRecord,
    { kind: 'signIn', now: NOW + SECOND, addressHash: 'another', newId: NEW, ...request },
    DEFAULT_LIMITS,
  );

describe('a user whose address has changed', () => {
  test('gets a new challenge at once, and the old one is closed, by a sign-in and by a resend', () => {
    for (const kind of ['signIn', 'resend'] as const) {
      expect(decide(aUserRecord(), { kind })).toMatchObject({
        kind: 'claim',
        challengeId: NEW,
        delivery: 1,
        replaces: aChallengeId(),
      });
    }
  });

  test('is never handed the challenge of the old one, at whatever time', () => {
    const kind = fc.constantFrom('signIn' as const, 'resend' as const);
    fc.assert(
      fc.property(kind, fc.nat(10 * MINUTE), fc.boolean(), fc.nat(8), (kind, later, isOver, mails) => {
        const orders = {
          [aChallengeId()]: Object.fromEntries(Array.from({ length: mails }, (_, n) => [n, NOW])),
        };

        const decision = decide(aUserRecord({ orders }), {
          kind,
          now: NOW + later,
          ...(isOver && { over: aChallengeId() }),
        });

        if (decision.kind === 'refused') expect(mails).toBeGreaterThanOrEqual(5);
        else expect(decision).toMatchObject({ kind: 'claim', challengeId: NEW });
      }),
    );
  });

  test('is refused at the limits like everybody', () => {
    const sends = Array.from({ length: 5 }, () => NOW);

    expect(decide(aUserRecord({ sends }))).toMatchObject({ kind: 'refused', code: 'SEND_LIMIT' });
  });

  test.each([
    [LIFE - 1, aChallengeId()],
    [LIFE, undefined],
  ])('after %i ms has an old challenge to close only while it lives', (later, expected) => {
    const decision = decide(aUserRecord(), { now: NOW + later });

    expect(decision.kind === 'claim' && decision.replaces).toBe(expected);
  });

  test('closes the old challenge also if the session says that it is over, because its code may work', () => {
    expect(decide(aUserRecord(), { over: aChallengeId() })).toMatchObject({ replaces: aChallengeId() });
  });
});

describe('a user with the same address', () => {
  test('is handed the latest challenge, and nothing is closed', () => {
    expect(decide(aUserRecord(), { addressHash: ADDRESS_HASH })).toEqual({
      kind: 'reuse',
      challengeId: aChallengeId(),
      delivery: 1,
      isOver: false,
    });
    expect(decide(aUserRecord(), { addressHash: ADDRESS_HASH, now: NOW + MINUTE })).not.toHaveProperty(
      'replaces',
    );
  });

  test('goes on with a challenge of the first release, which has neither a hash nor an order', () => {
    const latest = { challengeId: aChallengeId(), delivery: 1, claimedAt: NOW };
    const userRecord: UserRecord = { version: 7, consecutiveFailures: 0, sends: [NOW], latest };

    expect(decide(userRecord)).toEqual({
      kind: 'reuse',
      challengeId: aChallengeId(),
      delivery: 1,
      isOver: false,
    });
    expect(decide(userRecord, { kind: 'resend', now: NOW + MINUTE })).toMatchObject({
      kind: 'claim',
      challengeId: aChallengeId(),
      delivery: 2,
    });
  });
});
