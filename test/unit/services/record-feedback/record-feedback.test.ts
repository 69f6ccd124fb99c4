import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRecordReport } from '../../../../services/record-feedback/feedback-store.ts';
import { recordFeedback } from '../../../../services/record-feedback/record-feedback.ts';
import { type ChallengeRef, deliveryStatus } from '../../../../shared/domain/challenge.ts';
import { type AFeedback, aFeedback } from '../../../support/sign-in/feedback.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aFact,
  anAnswer,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';
import { aMailedChallenge } from './a-mailed-challenge.ts';

// On a real DynamoDB engine, because the condition of the write makes every order end in the same item.

let table: ChallengeTable;
beforeAll(async () => {
  table = await aChallengeTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const at = (seconds: number) => new Date(NOW + seconds * SECOND).toISOString();

/** Reports of a first mail that bounced twice, and of a second one that was delayed, delivered and complained about. */
const HISTORY: readonly AFeedback[] = [
  aFeedback('Send', { at: at(1) }),
  aFeedback('Bounce', { at: at(3) }),
  aFeedback('Bounce', { at: at(5), detail: { bounceType: 'Transient', bounceSubType: 'General' } }),
  aFeedback('Bounce', { at: at(3), messageId: 'message-0', detail: { bounceType: 'Undetermined' } }),
  aFeedback('Send', { delivery: 2, at: at(32) }),
  aFeedback('DeliveryDelay', { delivery: 2, at: at(40) }),
  aFeedback('DeliveryDelay', { delivery: 2, at: at(50), detail: { delayType: 'General' } }),
  aFeedback('Delivery', { delivery: 2, at: at(60) }),
  aFeedback('Complaint', { delivery: 2, at: at(200) }),
];

/** What the workflow and the user do in between: both mails are logged, and the code of the second one is typed in. */
const others = (ref: ChallengeRef): readonly (() => Promise<unknown>)[] => [
  () => table.writeSent(ref, 1, aFact(NOW + 2 * SECOND, { messageId: 'message-1', try: 1 })),
  () => table.writeSent(ref, 2, aFact(NOW + 33 * SECOND, { messageId: 'message-2', try: 2 })),
  () => table.challenges.consume(anAnswer({ ...ref, now: NOW + 70 * SECOND }), 'notLast'),
];

describe('reports in any order, each as often as it comes', () => {
  test('give the same item and the same sums, whatever the workflow and the user do in between', async () => {
    const reference = await aMailedChallenge(table);
    for (const event of HISTORY) await reference.record(event);
    for (const write of others(reference.ref)) await write();
    const { pk, sk, openShard, ...expected } = (await reference.item()) ?? {};
    const sums = reference.measured.sums();

    const steps = Array.from({ length: HISTORY.length + 3 }, (_, n) => n);
    const orders = fc.shuffledSubarray([...steps, ...steps], { minLength: 2 * steps.length });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const challenge = await aMailedChallenge(table);
        const writes = others(challenge.ref);
        for (const step of order) {
          const event = HISTORY[step];
          await (event === undefined ? writes[step - HISTORY.length]?.() : challenge.record(event));
        }
        expect(await challenge.item()).toEqual({ ...(await challenge.item()), ...expected });
        expect((await challenge.read()).outcome).toBe('VERIFIED');
        expect(challenge.measured.sums()).toEqual(sums);
      }),
      { numRuns: 10 },
    );
  });

  test('keep of each kind the earliest', async () => {
    const { record, read } = await aMailedChallenge(table);

    for (const event of HISTORY.toReversed()) await record(event);

    const { events } = await read();
    expect(Object.keys(events).toSorted()).toEqual([
      '1#ACCEPTED',
      '1#BOUNCED',
      '1#REQUESTED',
      '2#ACCEPTED',
      '2#COMPLAINED',
      '2#DELAYED',
      '2#DELIVERED',
      '2#RESEND_REQUESTED',
    ]);
    expect(events['1#BOUNCED']).toMatchObject({ at: at(3), messageId: 'message-0', type: 'Undetermined' });
    expect(events['2#DELAYED']).toMatchObject({ at: at(40), type: 'MailboxFull' });
  });

  test('do not let mail 1’s bounce hide mail 2’s delivery', async () => {
    const { record, read } = await aMailedChallenge(table);

    for (const event of HISTORY) await record(event);

    const challenge = await read();
    expect([deliveryStatus(challenge, 1), deliveryStatus(challenge, 2)]).toEqual(['BOUNCED', 'DELIVERED']);
  });
});

describe('a report', () => {
  test('says that the challenge was mailed, and never touches its outcome', async () => {
    const { ref, record, read, item } = await aMailedChallenge(table);
    await table.challenges.consume(anAnswer(ref), 'notLast');
    expect(await item()).not.toHaveProperty('mailed');

    await record(aFeedback('Delivery'));

    expect((await read()).outcome).toBe('VERIFIED');
    expect(await item()).toMatchObject({ mailed: true });
    expect(await item()).not.toHaveProperty('openShard');
  });

  test.each([
    ['Delivery', {}, { MailDelivered: 1, TimeToDelivered: 2 * SECOND }],
    ['DeliveryDelay', {}, { MailDelayed: 1 }],
    ['Bounce', {}, { MailBounced: 1 }],
    ['Bounce', { bounceSubType: 'Suppressed' }, { MailSuppressed: 1 }],
    [
      'Bounce',
      { bounceSubType: 'OnAccountSuppressionList' },
      { MailSuppressed: 1, OnAccountSuppressionList: 1 },
    ],
    ['Complaint', {}, { MailComplained: 1 }],
    ['Reject', {}, { MailRejected: 1 }],
    ['Send', {}, {}],
  ] as const)('of type %s %o is measured once', async (eventType, detail, sums) => {
    const { record, measured } = await aMailedChallenge(table);

    const first = await record(aFeedback(eventType, { detail }));
    const again = await record(aFeedback(eventType, { detail }));

    expect([first.kind, again.kind]).toEqual(['first', 'known']);
    expect(measured.sums()).toEqual(sums);
  });

  test.each([
    ['a challenge', { challenge: [aChallengeId(999_999)] }],
    ['a user', { user: ['nobody'] }],
    ['a mail', { delivery: ['3'] }],
  ])('about %s that is not there changes nothing and is counted', async (_, tags) => {
    const { ref, deps, measured, item } = await aMailedChallenge(table);
    const before = await item();
    const own = { user: [USER_ID], challenge: [ref.challengeId], delivery: ['1'] };

    const outcome = await recordFeedback(deps, aFeedback('Bounce', { tags: { ...own, ...tags } }));

    expect(outcome.kind).toBe('unmatched');
    expect(measured.sums()).toEqual({ FeedbackUnmatched: 1 });
    expect(await item()).toEqual(before);
    expect(await table.challengeItem('nobody', REF.challengeId)).toBeUndefined();
  });

  test('is measured although the answer to its write was lost, and the client has tried again', async () => {
    const { ref, deps, measured } = await aMailedChallenge(table);
    const client = new DynamoDBClient({ ...table.settings, maxAttempts: 2 });
    let isLost = true;
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (!isLost) return answer;
        isLost = false;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      },
      { step: 'deserialize' },
    );
    const recordReport = createRecordReport(client, table.tableName);
    const event = aFeedback('Delivery', { tags: { challenge: [ref.challengeId] } });

    const outcome = await recordFeedback({ ...deps, recordReport }, event);
    client.destroy();

    expect(isLost).toBe(false);
    expect(outcome.kind).toBe('first');
    expect(measured.sums()).toEqual({ MailDelivered: 1, TimeToDelivered: 2 * SECOND });
  });

  test('of somebody else’s mail changes and counts nothing', async () => {
    const { record, measured, item } = await aMailedChallenge(table);
    const before = await item();

    const outcome = await record(aFeedback('Bounce', { tags: { 'ses:configuration-set': ['newsletter'] } }));

    expect(outcome).toEqual({ kind: 'foreign' });
    expect(measured.sums()).toEqual({});
    expect(await item()).toEqual(before);
  });
});
