import { expect, test } from 'vitest';
import type { Invocation } from '../../../../local/ground/service.ts';
import { createOpenChallenges } from '../../../../services/sweep-challenges/open-challenges.ts';
import { deliveryStatus } from '../../../../shared/domain/challenge.ts';
import { type Delivered, readDelivery, writeDelivery } from '../../../../shared/messages/delivery.ts';
import { writeNotice } from '../../../../shared/messages/notice.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import { REF } from '../../../support/table/challenges.ts';
import { failed, returned } from '../../local/engines/step-functions/step-functions-system.ts';
import { INPUT, ORDER, orderMail, runWorkflow, SENT, TEXT } from './a-delivery-workflow.ts';

// The definition is JSON, which no type checker checks. So it runs here between the writers and readers that it joins.

/** Runs the workflow once on a challenge that waits for its first mail. */
const run = async (table: ChallengeTable, answer: Invocation) => {
  await orderMail(table);
  const { tasks, ...ran } = await runWorkflow(table, () => answer);
  return { ...ran, task: tasks[0] };
};

test('the task reads the delivery that create-auth-challenge ordered, and which execution sends it', async () => {
  await using table = await aChallengeTable();

  const { execution, task } = await run(table, returned(SENT));

  expect(task).toEqual({ ...ORDER, execution: execution.executionArn, retries: 0 });
  expect(readDelivery(task)).toEqual({ ...ORDER, execution: execution.executionArn, retries: 0 });
});

const FIELDS = Object.keys(ORDER) as readonly (keyof typeof ORDER)[];

test.each<[string, Parameters<typeof runWorkflow>[2]]>([
  ...FIELDS.map((field): [string, object] => [`lacks ${field}`, { input: { [field]: undefined } }]),
  ['is a text', { input: 'text' }],
  ['is a number', { input: 7 }],
  ['is null', { input: null }],
])('an input that %s comes to the task, which refuses it and can measure that', async (_, options) => {
  await using table = await aChallengeTable();
  await orderMail(table);

  const { execution, tasks, writes } = await runWorkflow(table, () => failed('InvalidDelivery'), options);

  expect(tasks).toHaveLength(1);
  expect(() => readDelivery(tasks[0])).toThrow(expect.objectContaining({ name: 'InvalidDelivery' }));
  expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDelivery' });
  expect(writes).toEqual([]);
});

test('an input of the release before, which has no hash of the address, comes to the task whole', async () => {
  await using table = await aChallengeTable();
  await orderMail(table);

  const { execution, tasks } = await runWorkflow(table, () => returned(SENT), {
    input: { addressHash: undefined },
  });

  expect(tasks).toEqual([{ ...ORDER, execution: execution.executionArn, retries: 0 }]);
  expect(execution.status).toBe('SUCCEEDED');
});

test('every path into the input names a field of it, and every field is used', () => {
  const paths = Array.from(TEXT.matchAll(/(?<!\$)\$\.(\w+)/g), ([, name]) => name);
  const own = paths.filter((name) => name !== 'sent' && name !== 'failure' && name !== 'Payload');
  const inputs = [writeDelivery(INPUT), writeNotice({ ...INPUT, notice: 'locked' })];
  const fields = inputs.flatMap((input) => Object.keys(JSON.parse(input)));

  expect([...new Set(own)].toSorted()).toEqual([...new Set(fields)].toSorted());
});

test('a mail that went out is SENT to whoever reads the challenge, and mailed to the sweep', async () => {
  await using table = await aChallengeTable();

  const { execution, challenge } = await run(table, returned(SENT));

  expect(challenge && deliveryStatus(challenge, 1)).toBe('SENT');
  expect(challenge?.events['1#SENT']).toEqual({
    at: SENT.sentAt,
    by: 'delivery-workflow',
    messageId: SENT.messageId,
    try: SENT.try,
    execution: execution.executionArn,
  });
  const open = await createOpenChallenges(table.client, table.tableName).read(REF);
  expect(open?.mailed).toBe(true);
});

test('a mail that the trail knows already is not written down again', async () => {
  await using table = await aChallengeTable();

  const { execution, challenge } = await run(
    table,
    returned({ ...SENT, kind: 'alreadySent' } satisfies Delivered),
  );

  expect(execution.status).toBe('SUCCEEDED');
  expect(Object.keys(challenge?.events ?? {})).toEqual(['1#REQUESTED']);
});

test('a mail that could not be sent is FAILED to whoever reads the challenge, with the reason', async () => {
  await using table = await aChallengeTable();

  const { execution, challenge } = await run(table, failed('EmailRejected'));

  expect(execution).toMatchObject({ status: 'FAILED', error: 'EmailRejected' });
  expect(challenge && deliveryStatus(challenge, 1)).toBe('FAILED');
  expect(challenge?.events['1#SEND_FAILED']).toEqual({
    at: expect.any(String),
    by: 'delivery-workflow',
    reason: 'EmailRejected',
    execution: execution.executionArn,
  });
});
