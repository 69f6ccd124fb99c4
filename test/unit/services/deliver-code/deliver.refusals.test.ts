import { describe, expect, test } from 'vitest';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { aChallenge, aFact, MINUTE, NOW } from '../../../support/table/challenges.ts';
import { aDelivery, aSender } from './a-sender.ts';

// Whoever may start the workflow, or invoke the function, gets no mail that create-auth-challenge did not order.

const HOME = 'alice@example.com';
const ENDED: Partial<Challenge> = {
  outcome: 'VERIFIED',
  events: { '1#REQUESTED': aFact(), '1#SENT': aFact(NOW, { messageId: 'message-0' }) },
};

describe('a delivery that nobody ordered like this', () => {
  test.each<[string, string, readonly Challenge[], object]>([
    ['NotOrdered', 'of a challenge that is not there', [], {}],
    ['NotOrdered', 'with the next number', [aChallenge()], { delivery: 2 }],
    ['NotOrdered', 'with a number far away', [aChallenge()], { delivery: 77 }],
    ['NotOrdered', 'of another user', [aChallenge()], { userId: 'user-2' }],
    [
      'NotOrdered',
      'and that has another address too',
      [aChallenge()],
      { delivery: 77, email: 'mallory@example.com' },
    ],
    ['OtherAddress', 'to another address', [aChallenge()], { email: 'mallory@example.com' }],
    ['OtherAddress', 'to an address with the same mask', [aChallenge()], { email: 'anna@example.com' }],
    ['OtherAddress', 'to a label of the address', [aChallenge()], { email: 'alice+1@example.com' }],
    ['OtherAddress', 'to two addresses', [aChallenge()], { email: `${HOME}, mallory@example.com` }],
    [
      'OtherAddress',
      'to another address after the end',
      [aChallenge(ENDED)],
      { email: 'mallory@example.com' },
    ],
    ['InvalidDelivery', 'with a number that is none', [aChallenge()], { delivery: '1' }],
    ['InvalidDelivery', 'without an address', [aChallenge()], { email: '' }],
  ])(
    'is refused as %s %s: nothing is sent or written, and it is measured',
    async (name, _, stored, changes) => {
      const { deliver, sent, stores, measured } = await aSender(stored);
      const before = await stores.stored();

      await expect(deliver({ ...aDelivery(), ...changes })).rejects.toMatchObject({ name });

      expect(sent).toEqual([]);
      expect(await stores.stored()).toEqual(before);
      expect(measured.sums()).toEqual({ DeliveryRefused: 1 });
    },
  );

  test('does not keep the lease from the owner’s mail, however often it is tried', async () => {
    const { deliver, sent } = await aSender();
    const strangers = ['a', 'b', 'c'].map((name) =>
      aDelivery({ email: `${name}@example.com`, execution: name }),
    );

    const results = await Promise.allSettled(
      [...strangers, aDelivery(), ...strangers].map((event) => deliver(event)),
    );

    expect(results.map(({ status }) => status).filter((status) => status === 'fulfilled')).toHaveLength(1);
    expect(sent.map(({ envelope }) => envelope.email)).toEqual([HOME]);
  });

  test('is told apart from one that is held, and says nothing of the challenge but the reason', async () => {
    const sender = await aSender();
    await sender.deliver();

    const refused = sender.deliver(aDelivery({ email: 'mallory@example.com' }));

    await expect(refused).rejects.toThrow(/^The challenge was made for another address$/);
  });
});

test('a mail of a challenge of the first release, which has no hash, goes out', async () => {
  const { addressHash: _, ...ofTheFirstRelease } = aChallenge();
  const sender = await aSender([ofTheFirstRelease]);

  expect(await sender.deliver()).toMatchObject({ kind: 'sent' });
  sender.now = NOW + 5 * MINUTE;
  await expect(sender.deliver()).rejects.toMatchObject({ name: 'ChallengeClosed' });
});
