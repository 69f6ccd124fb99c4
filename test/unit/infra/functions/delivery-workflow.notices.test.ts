import { describe, expect, test } from 'vitest';
import { readNotice } from '../../../../shared/messages/notice.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import { ADDRESS_HASH, aFact, EMAIL, NOW, REF, USER_ID } from '../../../support/table/challenges.ts';
import { failed, returned } from '../../local/engines/step-functions/step-functions-system.ts';
import { orderMail, runWorkflow, SENT } from './a-delivery-workflow.ts';

const INPUT = {
  kind: 'notice',
  notice: 'wrongCodes',
  ...REF,
  email: EMAIL,
  locale: 'de',
  addressHash: ADDRESS_HASH,
};

/** Runs the workflow for a notice of an exhausted challenge. */
const run = async (
  table: ChallengeTable,
  answer: Parameters<typeof runWorkflow>[1],
  changes: Readonly<Record<string, unknown>> = {},
  exhausted = true,
) => {
  await orderMail(table);
  if (exhausted) await table.writeFact(REF, 'EXHAUSTED', aFact(NOW));
  const before = await table.challengeItem(USER_ID, REF.challengeId);
  const ran = await runWorkflow(table, answer, {
    rate: 100,
    input: { delivery: undefined, ...INPUT, ...changes },
  });
  return { ...ran, before, after: await table.challengeItem(USER_ID, REF.challengeId) };
};

describe('a notice', () => {
  test('comes to the task whole, which knows it for a notice', async () => {
    await using table = await aChallengeTable();

    const { tasks } = await run(table, () => returned(SENT));

    expect(tasks).toEqual([{ kind: 'notice', input: INPUT, retries: 0 }]);
    const { kind: _, addressHash: __, ...order } = INPUT;
    expect(readNotice(tasks[0])).toEqual({ ...order, retries: 0 });
  });

  test('that was sent is a fact of its own, and the challenge does not count as mailed', async () => {
    await using table = await aChallengeTable();

    const { execution, challenge, after } = await run(table, () => returned(SENT));

    expect(execution.status).toBe('SUCCEEDED');
    expect(challenge?.events['notice-wrongCodes#SENT']).toEqual({
      ...{ at: SENT.sentAt, by: 'delivery-workflow', messageId: SENT.messageId, try: SENT.try },
      execution: execution.executionArn,
    });
    expect(after).not.toHaveProperty('mailed');
  });

  test('that SES refuses is a fact with the reason; the execution succeeds, because no code is missing', async () => {
    await using table = await aChallengeTable();

    const { execution, challenge, userRecord } = await run(table, () => failed('EmailRejected'));

    expect(execution.status).toBe('SUCCEEDED');
    expect(challenge?.events['notice-wrongCodes#SEND_FAILED']).toMatchObject({ reason: 'EmailRejected' });
    expect(userRecord.orders).toEqual({ [REF.challengeId]: { 1: NOW } });
  });

  test('is not tried again when SES’s answer was lost', async () => {
    await using table = await aChallengeTable();

    const { tasks } = await run(table, () => failed('EmailUnanswered'));

    expect(tasks).toHaveLength(1);
  });

  test('that another execution sends is left to it', async () => {
    await using table = await aChallengeTable();

    const { execution, before, after } = await run(table, () => failed('LeaseHeld'));

    expect(execution.status).toBe('SUCCEEDED');
    expect(after).toEqual(before);
  });
});

describe('an execution of a stranger leaves the item as it was', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string, boolean]>([
    ['that deliver-code refuses', {}, 'NotOrdered', true],
    [
      'with another hash, where deliver-code could not check it',
      { addressHash: 'a guess' },
      'Lambda.Unknown',
      true,
    ],
    ['for a challenge that is not exhausted', {}, 'Lambda.Unknown', false],
    ['for a lock that is none', { notice: 'locked' }, 'Lambda.Unknown', true],
    ['of a kind that does not exist', { notice: 'welcome' }, 'Lambda.Unknown', true],
    ['without a hash', { addressHash: undefined }, 'Lambda.Unknown', true],
    ['without a user', { userId: undefined }, 'Lambda.Unknown', true],
  ])('%s', async (_, changes, error, exhausted) => {
    await using table = await aChallengeTable();

    const { execution, before, after } = await run(table, () => failed(error), changes, exhausted);

    expect(execution.status).toBe('FAILED');
    expect(after).toEqual(before);
  });
});
