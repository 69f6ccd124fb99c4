import { describe, expect, test } from 'vitest';
import { aChallenge, aFact, MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';
import { aCreator, CURRENT, MAILED } from './a-creator.ts';

describe('a user who is locked', () => {
  const LOCKED = { ...MAILED, consecutiveFailures: 20, lastFailureAt: NOW };
  const REFUSED = { kind: 'refused', code: 'LOCKED', retryAt: NOW + 15 * MINUTE };

  test.each([
    ['a sign-in', {}],
    ['a resend', { current: CURRENT, call: 'resend' as const }],
  ])('gets no challenge by %s: nothing is written and no mail is ordered, in 1 call', async (_, changes) => {
    const creator = await aCreator({ stored: [aChallenge()], userRecord: LOCKED });

    expect(await creator.ask(changes)).toEqual(REFUSED);

    expect(creator.calls).toEqual(['readUserRecord']);
    expect(creator.measured.sums()).toEqual({ RefusedLocked: 1 });
  });

  test('is told so in the round after the answer that locked them', async () => {
    const events = { '1#REQUESTED': aFact(), LOCKED: aFact() };
    const creator = await aCreator({ stored: [aChallenge({ attempts: 2, events })], userRecord: LOCKED });

    expect(await creator.ask({ current: CURRENT })).toEqual(REFUSED);
  });

  test.each([
    ['is over', { userRecord: LOCKED, now: NOW + 15 * MINUTE }],
    ['was ended by an operator', { userRecord: { ...LOCKED, consecutiveFailures: 0 } }],
    [
      'was ended, at a limit of mails',
      { userRecord: { ...MAILED, orders: { [CURRENT]: { 1: NOW, 2: NOW, 3: NOW, 4: NOW, 5: NOW } } } },
    ],
  ])(
    'keeps a challenge that still lives when the lock %s, in 1 call and without a mail',
    async (_, situation) => {
      const events = { '1#REQUESTED': aFact(), LOCKED: aFact() };
      const stored = [aChallenge({ events, expiresAt: NOW + 60 * MINUTE })];
      const creator = await aCreator({ stored, ...situation });

      const issued = await creator.create({ current: CURRENT });

      expect(issued).toMatchObject({ status: 'SAME', delivery: 1 });
      expect(creator.calls).toEqual(['readStanding']);
    },
  );
});

describe('a user who has had as many mails as there may be', () => {
  const orders = {
    [CURRENT]: Object.fromEntries([0, -1, -2, -3, -4].map((minutes, n) => [n + 1, NOW + minutes * MINUTE])),
  };
  const allowedAt = NOW - 4 * MINUTE + 15 * MINUTE;
  const now = NOW + 31 * SECOND;

  test('is refused a sign-in where no challenge is live', async () => {
    const { latest, ...userRecord } = { ...MAILED, orders };
    const creator = await aCreator({ userRecord, now });

    expect(await creator.ask()).toEqual({ kind: 'refused', code: 'SEND_LIMIT', retryAt: allowedAt });

    expect(creator.deliveries).toEqual([]);
    expect(creator.measured.sums()).toEqual({ RefusedSendLimit: 1 });
  });

  test.each([
    ['NEW', {}],
    ['SAME', { current: CURRENT, call: 'resend' as const }],
  ])(
    'keeps the challenge that is live, and hears when the next mail can be ordered (%s)',
    async (status, changes) => {
      const creator = await aCreator({ stored: [aChallenge()], userRecord: { ...MAILED, orders }, now });

      const issued = await creator.create(changes);

      expect(issued).toMatchObject({
        status,
        delivery: 1,
        resendAt: allowedAt,
        limited: { code: 'SEND_LIMIT', until: allowedAt },
      });
      expect(issued.challenge.challengeId).toBe(CURRENT);
      expect(creator.measured.sums()).toMatchObject({ RefusedSendLimit: 1 });
    },
  );

  const { latest: _, ...withoutLatest } = MAILED;
  test.each([
    ['has too little life left to be handed to anybody else', MAILED, NOW + 4.5 * MINUTE],
    ['is not the latest any more', withoutLatest, now],
  ])('keeps by a resend the challenge of this sign-in that %s', async (_, userRecord, now) => {
    const creator = await aCreator({ stored: [aChallenge()], userRecord: { ...userRecord, orders }, now });

    const issued = await creator.create({ current: CURRENT, call: 'resend' as const });

    expect(issued).toMatchObject({
      status: 'SAME',
      delivery: 1,
      resendAt: allowedAt,
      limited: { code: 'SEND_LIMIT', until: allowedAt },
    });
    expect(creator.calls).toEqual(['readUserRecord', 'read']);
    expect(creator.measured.sums()).toEqual({ RefusedSendLimit: 1 });
  });

  test.each([
    ['over', [aChallenge({ outcome: 'VERIFIED' })]],
    ['gone', []],
  ])('is refused a resend where the challenge of this sign-in is %s', async (_, stored) => {
    const creator = await aCreator({ stored, userRecord: { ...withoutLatest, orders }, now });

    const answer = await creator.ask({ current: CURRENT, call: 'resend' as const });

    expect(answer).toEqual({ kind: 'refused', code: 'SEND_LIMIT', retryAt: allowedAt });
  });
});

test.each([
  [1, 30],
  [2, 60],
])('after mail %i the next one can be ordered after %i seconds', async (delivery, seconds) => {
  const events = { '1#REQUESTED': aFact(), ...(delivery === 2 && { '2#RESEND_REQUESTED': aFact() }) };
  const creator = await aCreator({ stored: [aChallenge({ events })], userRecord: MAILED });

  const issued = await creator.create({ current: CURRENT });

  expect(issued.resendAt).toBe(NOW + seconds * SECOND);
  expect(issued.limited).toBeUndefined();
});
