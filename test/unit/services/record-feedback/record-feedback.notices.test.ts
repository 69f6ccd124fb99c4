import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNoticeStore } from '../../../../services/deliver-code/notice-store.ts';
import { createRecordReport } from '../../../../services/record-feedback/feedback-store.ts';
import { recordFeedback } from '../../../../services/record-feedback/record-feedback.ts';
import type { FeedbackType } from '../../../../shared/messages/feedback.ts';
import { aFeedback, asSesRepeats, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  ADDRESS_HASH,
  aChallengeId,
  aFact,
  aRequest,
  NOW,
  USER_ID,
} from '../../../support/table/challenges.ts';

let table: ChallengeTable;
beforeAll(async () => {
  table = await aChallengeTable();
});
afterAll(() => table[Symbol.asyncDispose]());

let made = 0;

/** An exhausted challenge whose notice an invocation is sending, if it is claimed. */
const aNotice = async ({ isClaimed = true } = {}) => {
  made += 1;
  const ref = { userId: USER_ID, challengeId: aChallengeId(made), notice: 'wrongCodes' } as const;
  await table.challenges.request(aRequest(ref));
  await table.writeFact(ref, 'EXHAUSTED', aFact(NOW));
  const store = createNoticeStore(table.client, table.tableName);
  if (isClaimed) await store.claim({ ...ref, addressHash: ADDRESS_HASH, sender: 'invocation-1' });
  const measured = createMeasured();
  const recordReport = createRecordReport(table.client, table.tableName);
  const deps = { recordReport, measure: measured.measure, configurationSet: CONFIGURATION_SET };
  const { delivery: _, ...tags } = asSesRepeats({ ...ref, delivery: 1 });
  const report = (type: FeedbackType, messageId = 'message-1') =>
    recordFeedback(deps, { ...aFeedback(type, { messageId }), tags: { ...tags, notice: [ref.notice] } });
  const item = () => table.challengeItem(USER_ID, ref.challengeId);
  return { ref, measured, report, item };
};

describe('a report about a notice', () => {
  test.each([
    ['Send', 'ACCEPTED'],
    ['Delivery', 'DELIVERED'],
    ['Bounce', 'BOUNCED'],
    ['Complaint', 'COMPLAINED'],
  ] as const)(
    '%s is a fact of the notice: no mail of the code was reported, and no metric counts it',
    async (type, fact) => {
      const { ref, report, item, measured } = await aNotice();

      expect(await report(type)).toMatchObject({ kind: 'first' });
      expect(await report(type)).toMatchObject({ kind: 'known' });

      const { events } = (await table.challenges.read(ref)) ?? expect.unreachable();
      expect(Object.keys(events).toSorted()).toEqual([
        '1#REQUESTED',
        'EXHAUSTED',
        `notice-wrongCodes#${fact}`,
      ]);
      expect(await item()).not.toHaveProperty('mailed');
      expect(measured.sums()).toEqual({});
    },
  );

  test('is not believed before anybody may have sent it, nor once another mail is known to be it', async () => {
    const unclaimed = await aNotice({ isClaimed: false });
    const known = await aNotice();
    await known.report('Send');
    const before = await known.item();

    expect(await unclaimed.report('Bounce')).toMatchObject({ kind: 'unmatched' });
    expect(await known.report('Bounce', 'message-of-a-stranger')).toMatchObject({ kind: 'unmatched' });

    expect(await known.item()).toEqual(before);
    expect(known.measured.sums()).toEqual({ FeedbackUnmatched: 1 });
  });

  test('with a kind that does not exist cannot be read', async () => {
    const { ref } = await aNotice();
    const tags = { ...asSesRepeats({ ...ref, delivery: 1 }), notice: ['welcome'] };

    const recording = recordFeedback(
      { recordReport: () => expect.unreachable(), measure: () => {}, configurationSet: CONFIGURATION_SET },
      { ...aFeedback('Send'), tags },
    );

    await expect(recording).rejects.toMatchObject({ name: 'InvalidFeedback' });
  });
});
