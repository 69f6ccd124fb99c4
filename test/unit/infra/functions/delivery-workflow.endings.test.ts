import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { challengeKey } from '../../../../shared/table/table.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import { ADDRESS_HASH, aClaim, aFact, REF, USER_ID } from '../../../support/table/challenges.ts';
import { failed, returned } from '../../local/engines/step-functions/step-functions-system.ts';
import { orderMail, runWorkflow, SENT } from './a-delivery-workflow.ts';

// How the workflow ends, and what it has written by then, on a real DynamoDB engine.

const aTableWithOrder = async () => {
  const table = await aChallengeTable();
  await orderMail(table);
  return table;
};
const itemsOf = async (table: ChallengeTable) =>
  JSON.stringify([await table.challengeItem(USER_ID, REF.challengeId), await table.userItem(USER_ID)]);

describe('a delivery that create-auth-challenge did not order like this', () => {
  test.each(['InvalidDelivery', 'NotOrdered', 'OtherAddress'])(
    'ends as %s after one try and leaves both items byte for byte as they were',
    async (name) => {
      await using table = await aTableWithOrder();
      const before = await itemsOf(table);

      const { execution, tasks, writes } = await runWorkflow(table, () => failed(name));

      expect(execution).toMatchObject({ status: 'FAILED', error: name });
      expect([tasks.length, writes]).toEqual([1, []]);
      expect(await itemsOf(table)).toBe(before);
    },
  );

  test('gets no fact in the trail even if its failure has another name', async () => {
    await using table = await aTableWithOrder();
    const before = await itemsOf(table);

    const { execution, writes } = await runWorkflow(table, () => failed('EmailRejected'), {
      input: { delivery: 77 },
    });

    expect(execution.status).toBe('FAILED');
    expect(writes).toHaveLength(2);
    expect(await itemsOf(table)).toBe(before);
  });

  test('creates no challenge that is not there', async () => {
    await using table = await aChallengeTable();

    await runWorkflow(table, () => failed('KeyringError'));

    expect(await table.challengeItem(USER_ID, REF.challengeId)).toBeUndefined();
    expect(await table.userItem(USER_ID)).toBeUndefined();
  });
});

/** The failures that come before deliver-code has looked whether the mail was ordered like this. */
const UNCHECKED = [
  'Lambda.TooManyRequestsException',
  'States.Timeout',
  'KeyringError',
  'AccessDeniedException',
];
const MALLORY = { email: 'mallory@example.com' };

describe('a failure before deliver-code could check the order', () => {
  test.each(
    UNCHECKED.flatMap((name) => [undefined, 'a guess', 5, null].map((hash) => [name, hash] as const)),
  )(
    'leaves both items as they were and the owner’s mail free to go, if a stranger started it (%s, hash: %s)',
    async (name, addressHash) => {
      await using table = await aTableWithOrder();
      const before = await itemsOf(table);

      const { execution } = await runWorkflow(table, () => failed(name), {
        input: { ...MALLORY, addressHash },
        rate: 200,
      });

      expect(execution).toMatchObject({ status: 'FAILED', error: name });
      expect(execution.cause).toContain('nothing was recorded');
      expect(await itemsOf(table)).toBe(before);
      expect(await table.challenges.claimLease(aClaim())).toBeDefined();
    },
  );

  test('leaves them so while the owner’s own try is unclear', async () => {
    await using table = await aTableWithOrder();
    await table.challenges.claimLease(aClaim());
    const before = await itemsOf(table);

    const { execution } = await runWorkflow(table, () => failed('KeyringError'), {
      input: { ...MALLORY, addressHash: undefined },
    });

    expect(execution).toMatchObject({ status: 'FAILED', error: 'KeyringError' });
    expect(await itemsOf(table)).toBe(before);
  });

  test('is recorded, and its order given back, if create-auth-challenge started it', async () => {
    await using table = await aTableWithOrder();

    const { challenge, userRecord } = await runWorkflow(table, () => failed('KeyringError'));

    expect(challenge?.events['1#SEND_FAILED']).toMatchObject({ reason: 'KeyringError' });
    expect(userRecord.orders).toEqual({ [REF.challengeId]: {} });
  });

  test.each([
    ['neither has the input of that release', undefined],
    ['the input of today has one', ADDRESS_HASH],
  ])('is recorded for a challenge of the first release, which has no hash (%s)', async (_, addressHash) => {
    await using table = await aTableWithOrder();
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.tableName,
        Key: challengeKey(USER_ID, REF.challengeId),
        UpdateExpression: 'REMOVE addressHash',
      }),
    );

    const { challenge, userRecord } = await runWorkflow(table, () => failed('KeyringError'), {
      input: { addressHash },
    });

    expect(challenge?.events['1#SEND_FAILED']).toMatchObject({ reason: 'KeyringError' });
    expect(userRecord.orders).toEqual({ [REF.challengeId]: {} });
  });
});

describe('a mail that SES refused in every try', () => {
  test('is recorded, and its order is given back, but nothing of the ceiling', async () => {
    await using table = await aTableWithOrder();

    const { execution, challenge, userRecord } = await runWorkflow(table, () => failed('EmailRejected'));

    expect(execution).toMatchObject({ status: 'FAILED', error: 'EmailRejected' });
    expect(challenge?.events['1#SEND_FAILED']).toMatchObject({ reason: 'EmailRejected' });
    expect(userRecord).toMatchObject({
      version: 2,
      orders: { [REF.challengeId]: {} },
      inWindow: { count: 1 },
    });
  });

  test('is given back once, and recorded once, if two executions fail', async () => {
    await using table = await aTableWithOrder();
    const first = await runWorkflow(table, () => failed('EmailRejected'));

    const second = await runWorkflow(table, () => failed('ChallengeClosed'));

    expect(second.execution).toMatchObject({ status: 'FAILED', error: 'ChallengeClosed' });
    expect(second.challenge).toEqual(first.challenge);
    expect(second.userRecord).toEqual(first.userRecord);
  });

  test('of a resend gives back the resend alone', async () => {
    await using table = await aTableWithOrder();
    await table.writeFact(REF, '2#RESEND_REQUESTED', aFact());

    const { challenge, userRecord } = await runWorkflow(table, () => failed('EmailRejected'), {
      input: { delivery: 2 },
    });

    expect(challenge?.events).toHaveProperty('2#SEND_FAILED');
    expect(userRecord.orders?.[REF.challengeId]).toHaveProperty('1');
  });

  test('is recorded although its order cannot be given back', async () => {
    await using table = await aTableWithOrder();

    const ran = await runWorkflow(table, () => failed('EmailRejected'), { failing: 'REMOVE orders' });

    expect(ran.execution).toMatchObject({ status: 'FAILED', error: 'EmailRejected' });
    expect(ran.challenge?.events).toHaveProperty('1#SEND_FAILED');
    expect(ran.userRecord.orders?.[REF.challengeId]).toHaveProperty('1');
  });

  test('keeps its order if it cannot be recorded, because a later try may still send it', async () => {
    await using table = await aTableWithOrder();

    const ran = await runWorkflow(table, () => failed('EmailRejected'), { failing: 'events.#failed' });

    expect(ran.execution).toMatchObject({ status: 'FAILED', error: 'DynamoDB.AccessDeniedException' });
    expect(ran.userRecord.orders?.[REF.challengeId]).toHaveProperty('1');
  });
});

describe('a mail that SES may have taken in one of the tries', () => {
  test('is recorded as failed, and its order counts', async () => {
    await using table = await aTableWithOrder();
    await table.challenges.claimLease(aClaim());

    const { execution, challenge, userRecord } = await runWorkflow(table, () => failed('EmailRejected'));

    expect(execution).toMatchObject({ status: 'FAILED', error: 'EmailRejected' });
    expect(challenge?.events['1#SEND_FAILED']).toMatchObject({ reason: 'EmailRejected' });
    expect(userRecord).toMatchObject({
      version: 1,
      orders: { [REF.challengeId]: { 1: expect.any(Number) } },
    });
  });
});

describe('a lease that somebody else holds', () => {
  const LEASE_MS = 30_000;

  test('is waited for, also if three own tries are lost one after the other', async () => {
    await using table = await aTableWithOrder();
    let until = Number.NEGATIVE_INFINITY;
    let lost = 0;
    const answer = (now: number) => {
      if (now < until) return failed('LeaseHeld');
      if (lost === 3) return returned(SENT);
      until = now + LEASE_MS;
      lost += 1;
      return failed(lost === 1 ? 'Runtime.ExitError' : 'EmailUnanswered');
    };

    const { execution, challenge } = await runWorkflow(table, answer, { rate: 200 });

    expect(execution.status).toBe('SUCCEEDED');
    expect(lost).toBe(3);
    expect(challenge?.events).toHaveProperty('1#SENT');
  });
});
