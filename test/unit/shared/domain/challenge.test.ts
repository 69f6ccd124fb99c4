import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createdAt,
  deliveryStatus,
  isChallengeId,
  isLive,
  latestDelivery,
  neverMailed,
  newChallengeId,
  orderedAt,
  orderedDeliveries,
  reportKindOf,
} from '../../../../shared/domain/challenge.ts';
import { aChallenge, aChallengeId, aFact, MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

describe('a challenge id', () => {
  test('shows to the millisecond when it was made', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 44 }), (at) => {
        const id = newChallengeId(at);

        expect(isChallengeId(id)).toBe(true);
        expect(createdAt(id)).toBe(at);
      }),
    );
  });

  test('is never the same twice in one millisecond', () => {
    const ids = Array.from({ length: 1_000 }, () => newChallengeId(NOW));

    expect(new Set(ids).size).toBe(1_000);
  });

  test.each([
    ['another version', '0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11'],
    ['another variant', '019469d5-b200-7000-c000-000000000000'],
    ['upper case', aChallengeId(0xabc).toUpperCase()],
    ['a line break at its end', `${aChallengeId()}\n`],
    ['text before it', `x${aChallengeId()}`],
    ['no text', undefined],
    ['a list around it', [aChallengeId()]],
  ])('is not taken for one with %s', (_, value) => {
    expect(isChallengeId(value)).toBe(false);
  });
});

test.each([
  ['is new', {}, true],
  ['has one attempt left', { attempts: 2 }, true],
  ['has no attempt left', { attempts: 3 }, false],
  ['expires a millisecond later', { expiresAt: NOW + 1 }, true],
  ['expires now', { expiresAt: NOW }, false],
  ['is verified', { outcome: 'VERIFIED' as const }, false],
  ['is exhausted', { outcome: 'EXHAUSTED' as const }, false],
  ['is replaced', { outcome: 'REPLACED' as const }, false],
])('a challenge that %s is live: %s', (_, changes, expected) => {
  const live = isLive(aChallenge(changes), NOW, 3);

  expect(live).toBe(expected);
});

describe('the newest delivery', () => {
  test.each([
    ['none was ordered', {}, 0],
    ['only the first was', { '1#REQUESTED': aFact() }, 1],
    ['answers were counted since', { '1#REQUESTED': aFact(), 'attempt#3': aFact(), VERIFIED: aFact() }, 1],
    ['it has more than one digit', { '2#RESEND_REQUESTED': aFact(), '10#RESEND_REQUESTED': aFact() }, 10],
    [
      'feedback to an older one came last',
      { '2#RESEND_REQUESTED': aFact(), '1#SENT': aFact(NOW + MINUTE) },
      2,
    ],
  ])('is found where %s', (_, events, expected) => {
    const delivery = latestDelivery(aChallenge({ events }));

    expect(delivery).toBe(expected);
  });

  test('was ordered when its fact says, or with the challenge', () => {
    const events = { '1#REQUESTED': aFact(NOW + SECOND), '2#RESEND_REQUESTED': aFact(NOW + MINUTE) };
    const challenge = aChallenge({ events });

    const times = [1, 2, 3].map((delivery) => orderedAt(challenge, delivery));

    expect(times).toEqual([NOW + SECOND, NOW + MINUTE, NOW]);
  });
});

test.each([
  ['SENDING', {}],
  ['SENDING', { '2#SENT': aFact() }],
  ['SENT', { '1#SENT': aFact() }],
  ['FAILED', { '1#SEND_FAILED': aFact() }],
  ['DEFERRED', { '1#SEND_DEFERRED': aFact() }],
  ['FAILED', { '1#SEND_DEFERRED': aFact(NOW + MINUTE), '1#SEND_FAILED': aFact() }],
  ['SENT', { '1#SEND_DEFERRED': aFact(NOW + MINUTE), '1#SENT': aFact() }],
  ['SENT', { '1#SEND_FAILED': aFact(), '1#SENT': aFact() }],
  ['SENT', { '1#ACCEPTED': aFact() }],
  ['DELAYED', { '1#SENT': aFact(), '1#DELAYED': aFact() }],
  ['DELIVERED', { '1#DELAYED': aFact(NOW + MINUTE), '1#DELIVERED': aFact() }],
  ['SUPPRESSED', { '1#SENT': aFact(), '1#SUPPRESSED': aFact() }],
  ['REJECTED', { '1#ACCEPTED': aFact(), '1#REJECTED': aFact() }],
  ['BOUNCED', { '1#DELIVERED': aFact(), '1#BOUNCED': aFact(NOW + MINUTE) }],
  ['DELIVERED', { '1#DELIVERED': aFact(NOW + MINUTE), '1#BOUNCED': aFact() }],
  ['BOUNCED', { '1#BOUNCED': aFact(), '1#DELIVERED': aFact() }],
])('a first delivery is %s with the facts %j', (expected, events) => {
  const status = deliveryStatus(aChallenge({ events }), 1);

  expect(status).toBe(expected);
});

describe('the mails of a challenge', () => {
  test('are all that were ordered, each once, whatever else is in the trail', () => {
    const events = {
      '1#REQUESTED': aFact(),
      '1#SENT': aFact(),
      '10#RESEND_REQUESTED': aFact(),
      'attempt#3': aFact(),
      'UNLOCKED#7': aFact(),
      VERIFIED: aFact(),
    };

    expect(orderedDeliveries({ events })).toEqual([1, 10]);
    expect(orderedDeliveries({ events: {} })).toEqual([]);
  });

  test.each([
    ['none was tried', {}, true],
    ['each was refused', { events: { '1#REQUESTED': aFact(), '1#SEND_FAILED': aFact() } }, true],
    [
      'answers were counted',
      { events: { '1#REQUESTED': aFact(), 'attempt#1': aFact(), '1#REUSED': aFact() } },
      true,
    ],
    ['one is on its way or unclear', { unclear: [2] }, false],
    ...(
      ['SENT', 'ACCEPTED', 'DELIVERED', 'DELAYED', 'BOUNCED', 'SUPPRESSED', 'COMPLAINED', 'REJECTED'] as const
    ).map(
      (fact) =>
        [
          `the trail has ${fact}`,
          { events: { '1#REQUESTED': aFact(), [`2#${fact}`]: aFact() } },
          false,
        ] as const,
    ),
  ] as const)('where %s, have certainly not left', (_, changes, expected) => {
    expect(neverMailed(aChallenge(changes))).toBe(expected);
  });
});

test.each([
  ['ended the code of a challenge that it revoked', 'revoked', { outcome: 'REVOKED' }],
  ['keeps back the tokens of one that is verified', 'withheld', { outcome: 'VERIFIED' }],
  ['comes too late once tokens were given', 'tooLate', { outcome: 'VERIFIED', TOKENS_ISSUED: true }],
  ['finds one that is exhausted over', 'over', { outcome: 'EXHAUSTED' }],
  [
    'finds one that is over although tokens are in its trail',
    'over',
    { outcome: 'REPLACED', TOKENS_ISSUED: true },
  ],
] as const)('a report %s', (_, expected, { outcome, ...facts }) => {
  const events = 'TOKENS_ISSUED' in facts ? { VERIFIED: aFact(), TOKENS_ISSUED: aFact() } : {};

  expect(reportKindOf({ outcome, events })).toBe(expected);
});
