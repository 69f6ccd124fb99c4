import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AFeedback, aFeedback } from '../../../support/sign-in/feedback.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import { aClaim, aFact, NOW, SECOND } from '../../../support/table/challenges.ts';
import { aMailedChallenge, type MailedChallenge } from './a-mailed-challenge.ts';

// Whoever may send with the service's configuration set can give a mail the tags of a challenge.

let table: ChallengeTable;
beforeAll(async () => {
  table = await aChallengeTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const ONE_TRY = [{ try: 'execution-1#0' }];
const FOREIGN = 'message-of-a-stranger';

const logged = ({ ref }: MailedChallenge, messageId = 'message-1') =>
  table.writeSent(ref, 1, aFact(NOW + 2 * SECOND, { messageId, try: 1 }));

describe('a report about a mail that the service did not send', () => {
  test.each<[string, (challenge: MailedChallenge) => Promise<unknown>]>([
    ['the workflow has logged', (challenge) => logged(challenge)],
    ['SES has said that it took', (challenge) => challenge.record(aFeedback('Send'))],
  ])('changes nothing and is counted as unmatched, once it is known which mail %s', async (_, know) => {
    const challenge = await aMailedChallenge(table, ONE_TRY);
    await know(challenge);
    challenge.measured.clear();
    const before = await challenge.item();

    const reports = (['Delivery', 'DeliveryDelay', 'Bounce', 'Complaint'] as const).map((type) =>
      challenge.record(aFeedback(type, { messageId: FOREIGN, at: new Date(NOW).toISOString() })),
    );

    expect((await Promise.all(reports)).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 4 }, () => 'unmatched'),
    );
    expect(await challenge.item()).toEqual(before);
    expect(challenge.measured.sums()).toEqual({ FeedbackUnmatched: 4 });
  });

  test('changes nothing before any mail may have been sent, so the real one still goes out', async () => {
    const challenge = await aMailedChallenge(table, []);
    const before = await challenge.item();

    const reports = (['Send', 'Delivery', 'Reject'] as const).map((type) =>
      challenge.record(aFeedback(type, { messageId: FOREIGN })),
    );

    expect((await Promise.all(reports)).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 3 }, () => 'unmatched'),
    );
    expect(await challenge.item()).toEqual(before);
    const lease = aClaim({ ...challenge.ref, owner: 'invocation-1', now: NOW + SECOND });
    expect(await table.challenges.claimLease(lease)).toBeDefined();
  });

  test('changes nothing between two tries of which SES has refused the first', async () => {
    const challenge = await aMailedChallenge(table, ONE_TRY);
    await table.challenges.releaseLease({
      ...challenge.ref,
      delivery: 1,
      owner: 'invocation-0',
      try: 'execution-1#0',
    });

    expect((await challenge.record(aFeedback('Send', { messageId: FOREIGN }))).kind).toBe('unmatched');
  });

  test('does not keep the report about the own mail out, and does not replace it', async () => {
    const challenge = await aMailedChallenge(table, ONE_TRY);
    await logged(challenge);

    await challenge.record(aFeedback('Delivery', { messageId: FOREIGN, at: new Date(NOW).toISOString() }));
    const own = await challenge.record(aFeedback('Delivery'));
    await challenge.record(aFeedback('Delivery', { messageId: FOREIGN, at: new Date(NOW).toISOString() }));

    expect(own.kind).toBe('first');
    expect((await challenge.read()).events['1#DELIVERED']).toMatchObject({ messageId: 'message-1' });
  });

  test('is no more welcome because another mail of the challenge is unclear', async () => {
    const challenge = await aMailedChallenge(table, [
      ...ONE_TRY,
      { delivery: 2, try: 'execution-2#0' },
      { delivery: 2, try: 'execution-2#1' },
    ]);
    await logged(challenge);

    expect((await challenge.record(aFeedback('Bounce', { messageId: FOREIGN }))).kind).toBe('unmatched');
  });
});

describe('a report about a mail that the service may have sent', () => {
  test.each<[string, (challenge: MailedChallenge) => Promise<unknown>, string]>([
    ['it is not known yet which was sent', async () => {}, 'message-1'],
    ['SES’s answer was lost and only it says so', async () => {}, 'message-0'],
    ['it is the one that the workflow logged', (challenge) => logged(challenge), 'message-1'],
    ['it is the one that SES took', ({ record }) => record(aFeedback('Send')), 'message-1'],
  ])('is recorded where %s', async (_, before, messageId) => {
    const challenge = await aMailedChallenge(table, ONE_TRY);
    await before(challenge);

    expect((await challenge.record(aFeedback('Delivery', { messageId }))).kind).toBe('first');
  });

  test('is recorded where an earlier try’s answer was lost, although SES has refused the next one', async () => {
    const challenge = await aMailedChallenge(table, [{ try: 'execution-1#0' }, { try: 'execution-1#1' }]);
    const refused = { ...challenge.ref, delivery: 1, owner: 'invocation-1', try: 'execution-1#1' };
    await table.challenges.releaseLease(refused);

    expect((await challenge.record(aFeedback('Delivery', { messageId: 'message-0' }))).kind).toBe('first');
  });

  test('is recorded where an earlier try’s answer was lost, beside the mail that is known', async () => {
    const challenge = await aMailedChallenge(table);
    await logged(challenge);

    expect((await challenge.record(aFeedback('Bounce', { messageId: 'message-0' }))).kind).toBe('first');
  });

  test('is refused where SES refused that earlier try', async () => {
    const challenge = await aMailedChallenge(table, []);
    const refused = aClaim({ ...challenge.ref, try: 'execution-1#0' });
    await table.challenges.claimLease(refused);
    await table.challenges.releaseLease(refused);
    await table.challenges.claimLease(aClaim({ ...challenge.ref, try: 'execution-1#1' }));
    await logged(challenge);

    expect((await challenge.record(aFeedback('Bounce', { messageId: 'message-0' }))).kind).toBe('unmatched');
  });
});

test('the own reports, the log and reports of strangers after it give one item, whatever their order', async () => {
  const own: readonly AFeedback[] = [
    aFeedback('Send', { at: new Date(NOW + SECOND).toISOString() }),
    aFeedback('DeliveryDelay'),
    aFeedback('Delivery'),
    aFeedback('Bounce'),
  ];
  const strangers = own.map((event) => ({ ...event, messageId: FOREIGN }));
  const play = async (order: readonly number[], foreign: readonly AFeedback[]) => {
    const challenge = await aMailedChallenge(table, ONE_TRY);
    // The first fact that names the mail, and then all others in this order.
    await challenge.record(aFeedback('Send', { at: new Date(NOW + SECOND).toISOString() }));
    for (const n of order) {
      const event = [...own, ...foreign][n];
      await (event === undefined ? logged(challenge) : challenge.record(event));
    }
    const { sk, openShard, ...item } = (await challenge.item()) ?? {};
    return item;
  };
  const { expiresAt, ttl, ...expected } = await play([0, 1, 2, 3, 4], []);

  const all = Array.from({ length: own.length + strangers.length + 1 }, (_, n) => n);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }), async (order) => {
      expect(await play(order, strangers)).toMatchObject(expected);
    }),
    { numRuns: 10 },
  );
});
