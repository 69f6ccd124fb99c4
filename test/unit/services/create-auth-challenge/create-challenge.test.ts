import { describe, expect, test } from 'vitest';
import { type Challenge, createdAt } from '../../../../shared/domain/challenge.ts';
import { NO_USER_RECORD } from '../../../../shared/domain/policy.ts';
import { GuardContended } from '../../../../shared/table/user-store.ts';
import {
  ADDRESS_HASH,
  aChallenge,
  aChallengeId,
  aFact,
  MINUTE,
  NOW,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';
import { aCreator, CURRENT, MAILED } from './a-creator.ts';

// The calls are counted because a trigger has an I/O budget: each of these method calls is one network call.

const NEW_CHALLENGE = ['readUserRecord', 'claimDelivery', 'request', 'startDelivery'];

describe('the first challenge of a sign-in', () => {
  test('is claimed, recorded and ordered, in 4 calls', async () => {
    const creator = await aCreator();

    const issued = await creator.create();

    expect(creator.calls).toEqual(NEW_CHALLENGE);
    expect(issued).toMatchObject({ status: 'NEW', delivery: 1, deliveryStatus: 'SENDING' });
    expect(createdAt(issued.challenge.challengeId)).toBe(NOW + 10 * SECOND);
    expect(issued.challenge.events).toEqual({
      '1#REQUESTED': {
        at: new Date(NOW + 10 * SECOND).toISOString(),
        by: 'create-auth-challenge',
        request: 'request-1',
      },
    });
  });

  test('orders the mail to the full address and stores the masked one', async () => {
    const creator = await aCreator();

    const { challenge } = await creator.create();

    expect(creator.deliveries).toEqual([
      {
        userId: USER_ID,
        challengeId: challenge.challengeId,
        delivery: 1,
        email: 'alice@example.com',
        locale: 'de-AT',
        addressHash: ADDRESS_HASH,
      },
    ]);
    expect(challenge.recipient).toBe('a***@e***.com');
  });

  test('is the one that was just mailed, in 3 calls, for Cognito’s retry or a second tab', async () => {
    const creator = await aCreator({ stored: [aChallenge()], userRecord: MAILED });

    const issued = await creator.create();

    expect(creator.calls).toEqual(['readUserRecord', 'reuse', 'startDelivery']);
    expect(issued).toMatchObject({ status: 'NEW', delivery: 1, challenge: { challengeId: CURRENT } });
    expect(creator.deliveries).toMatchObject([{ challengeId: CURRENT, delivery: 1 }]);
  });

  test('is recorded now if a crash came between the claim and the record', async () => {
    const creator = await aCreator({ userRecord: MAILED });

    const issued = await creator.create();

    expect(issued.challenge.challengeId).toBe(CURRENT);
    expect(await creator.stores.stored()).toBeDefined();
    expect(creator.deliveries).toHaveLength(1);
  });

  test('is a new one once the cooldown is over', async () => {
    const creator = await aCreator({ stored: [aChallenge()], userRecord: MAILED, now: NOW + 30 * SECOND });

    const issued = await creator.create();

    expect(creator.calls).toEqual(NEW_CHALLENGE);
    expect(issued.challenge.challengeId).not.toBe(CURRENT);
  });

  test('is the winner’s, in 5 calls, after a lost race', async () => {
    const creator = await aCreator({ stored: [aChallenge()] });
    creator.stores.beforeUserWrite = async () => {
      await creator.stores.putUserRecord(MAILED);
    };

    const issued = await creator.create();

    expect(creator.calls).toEqual([
      'readUserRecord',
      'claimDelivery',
      'readUserRecord',
      'reuse',
      'startDelivery',
    ]);
    expect(issued.challenge.challengeId).toBe(CURRENT);
  });

  test('is a new one where the latest was closed without the user record knowing', async () => {
    const creator = await aCreator({ stored: [aChallenge({ outcome: 'VERIFIED' })], userRecord: MAILED });

    const issued = await creator.create();

    expect(issued.status).toBe('NEW');
    expect(issued.challenge.challengeId).not.toBe(CURRENT);
    expect(issued.challenge.outcome).toBeUndefined();
  });

  const overtake = (creator: Awaited<ReturnType<typeof aCreator>>, times: number) => {
    let left = times;
    creator.stores.beforeUserWrite = async () => {
      left -= 1;
      if (left >= 0)
        await creator.stores.putUserRecord({
          ...NO_USER_RECORD,
          version: (await creator.stores.userRecord()).version + 1,
        });
    };
  };

  test('is issued although four of the same user’s requests, as of other tabs, have overtaken this one', async () => {
    const creator = await aCreator();
    overtake(creator, 4);

    const issued = await creator.create();

    expect(issued.status).toBe('NEW');
    expect(creator.deliveries).toHaveLength(1);
  });

  test('is refused, after five tries, while the same user’s requests keep overtaking each other', async () => {
    const creator = await aCreator();
    overtake(creator, Number.POSITIVE_INFINITY);

    await expect(creator.create()).rejects.toThrow(GuardContended);

    expect(creator.calls.filter((call) => call === 'claimDelivery')).toHaveLength(5);
    expect(creator.deliveries).toEqual([]);
  });
});

describe('the challenge after a wrong answer', () => {
  test('is the same one, in 1 call and without a mail', async () => {
    const events = { '1#REQUESTED': aFact(), '1#SENT': aFact(), 'attempt#1': aFact() };
    const creator = await aCreator({ stored: [aChallenge({ attempts: 1, events })], userRecord: MAILED });

    const issued = await creator.create({ current: CURRENT });

    expect(creator.calls).toEqual(['readStanding']);
    expect(issued).toMatchObject({ status: 'SAME', delivery: 1, deliveryStatus: 'SENT' });
    expect(issued.challenge.attempts).toBe(1);
  });

  test('names the newest delivery of a challenge that was mailed again', async () => {
    const events = { '1#REQUESTED': aFact(), '1#SENT': aFact(), '2#RESEND_REQUESTED': aFact() };
    const creator = await aCreator({ stored: [aChallenge({ events })], userRecord: MAILED });

    const issued = await creator.create({ current: CURRENT });

    expect(issued).toMatchObject({ delivery: 2, deliveryStatus: 'SENDING' });
  });

  test.each([
    ['exhausted', [aChallenge({ outcome: 'EXHAUSTED', attempts: 5 })]],
    ['revoked', [aChallenge({ outcome: 'EXHAUSTED' })]],
    ['expired', [aChallenge({ expiresAt: NOW })]],
    ['out of attempts', [aChallenge({ attempts: 5 })]],
    ['missing', []],
  ] satisfies [string, Challenge[]][])(
    'replaces one that is %s, even within the cooldown, in 4 calls',
    async (_, stored) => {
      const creator = await aCreator({ stored, userRecord: MAILED });

      const issued = await creator.create({ current: CURRENT });

      expect(creator.calls).toEqual(['readStanding', 'claimDelivery', 'request', 'startDelivery']);
      expect(issued).toMatchObject({ status: 'REPLACED', delivery: 1 });
      expect(issued.challenge.challengeId).not.toBe(CURRENT);
    },
  );
});

describe('a resend', () => {
  const resend = { current: CURRENT, call: 'resend' as const };

  test('orders another mail of the same challenge, in 4 calls', async () => {
    const creator = await aCreator({ stored: [aChallenge()], userRecord: MAILED, now: NOW + MINUTE });

    const issued = await creator.create(resend);

    expect(creator.calls).toEqual(NEW_CHALLENGE);
    expect(issued).toMatchObject({ status: 'SAME', delivery: 2, challenge: { challengeId: CURRENT } });
    expect(creator.deliveries).toMatchObject([{ challengeId: CURRENT, delivery: 2 }]);
  });

  test('orders nothing new within the cooldown', async () => {
    const creator = await aCreator({ stored: [aChallenge()], userRecord: MAILED });

    const issued = await creator.create(resend);

    expect(creator.calls).toEqual(['readUserRecord', 'reuse', 'startDelivery']);
    expect(issued).toMatchObject({ status: 'SAME', delivery: 1 });
  });

  test('starts a new challenge when too little of the code’s life is left', async () => {
    const creator = await aCreator({ stored: [aChallenge()], userRecord: MAILED, now: NOW + 3 * MINUTE + 1 });

    const issued = await creator.create(resend);

    expect(issued).toMatchObject({ status: 'REPLACED', delivery: 1 });
  });

  test('starts a new challenge when a crash left the latest one unrecorded', async () => {
    const abandoned = { challengeId: aChallengeId(7), delivery: 1, claimedAt: NOW };
    const creator = await aCreator({
      stored: [aChallenge()],
      userRecord: { ...MAILED, latest: abandoned },
      now: NOW + MINUTE,
    });

    const issued = await creator.create(resend);

    expect(issued).toMatchObject({ status: 'REPLACED', delivery: 1 });
    expect(creator.deliveries).toMatchObject([{ challengeId: issued.challenge.challengeId }]);
  });
});
