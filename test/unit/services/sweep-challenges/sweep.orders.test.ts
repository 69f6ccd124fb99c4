import { describe, expect, test } from 'vitest';
import { createOpenChallenges } from '../../../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../../../services/sweep-challenges/sweep.ts';
import { NO_USER_RECORD } from '../../../../shared/domain/policy.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  aClaim,
  aClaimedDelivery,
  aFact,
  anAnswer,
  aRequest,
  MINUTE,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';

// What the sweep makes of the orders of the challenges that it closes, on a real DynamoDB engine.

const DUE = NOW + 6 * MINUTE;
const MAX_ATTEMPTS = 3;

/** A challenge whose mails were ordered as create-auth-challenge orders them. */
const aTableWithOrders = async (deliveries: readonly number[]) => {
  const table = await aChallengeTable();
  for (const delivery of deliveries) {
    const userRecord = await table.users.readUserRecord(USER_ID);
    const claim = aClaimedDelivery(userRecord, { delivery, now: NOW + delivery });
    await table.users.claimDelivery(USER_ID, userRecord, claim);
    await table.challenges.request(aRequest({ delivery }));
  }
  return table;
};

const run = async (table: ChallengeTable) => {
  const measured = createMeasured();
  const deps = {
    challenges: createOpenChallenges(table.client, table.tableName),
    giveBack: table.users.giveBack,
    measure: measured.measure,
    now: () => DUE,
    maxAttempts: MAX_ATTEMPTS,
  };
  const swept = await sweep(deps, { requestId: 'request-1', timeLeft: () => 50_000 });
  const { orders, inWindow } = await table.users.readUserRecord(USER_ID);
  return { swept, sums: measured.sums(), orders: orders?.[REF.challengeId], ordered: inWindow?.count };
};

const exhaust = async ({ challenges }: ChallengeTable) => {
  // The limit was higher then, so no answer has closed the challenge.
  for (const round of ['round-1', 'round-2', 'round-3']) {
    await challenges.countAttempt(anAnswer({ round, maxAttempts: 10 }), 'notLast');
  }
};

describe('a challenge of which no mail has left', () => {
  test('gives all its orders back, but nothing of the ceiling, and is measured', async () => {
    await using table = await aTableWithOrders([1, 2]);
    await table.writeFact(REF, '1#SEND_FAILED', aFact());

    expect(await run(table)).toMatchObject({
      swept: { closed: { ORPHANED: 1 } },
      sums: { ChallengeOrphaned: 1, NeverMailed: 1 },
      orders: {},
      ordered: 2,
    });
  });

  test('keeps the orders whose mail SES may have taken', async () => {
    await using table = await aTableWithOrders([1, 2]);
    await table.challenges.claimLease(aClaim());

    expect(await run(table)).toMatchObject({
      swept: { closed: { ORPHANED: 1 } },
      orders: { 1: NOW + 1 },
    });
  });

  test('keeps none of a mail that SES refused in the end, in the try that had the lease', async () => {
    await using table = await aTableWithOrders([1]);
    await table.challenges.claimLease(aClaim());
    await table.challenges.releaseLease(aClaim());

    expect((await run(table)).orders).toEqual({});
  });

  test('and which wrong answers have exhausted is measured too; its order counts', async () => {
    await using table = await aTableWithOrders([1]);
    await exhaust(table);

    expect(await run(table)).toMatchObject({
      sums: { ChallengeExhausted: 1, NeverMailed: 1 },
      orders: { 1: NOW + 1 },
    });
  });

  test('is closed although its user has no record', async () => {
    await using table = await aChallengeTable();
    await table.challenges.request(aRequest());

    expect((await run(table)).swept.closed).toMatchObject({ ORPHANED: 1 });
    expect(await table.users.readUserRecord(USER_ID)).toEqual(NO_USER_RECORD);
  });
});

describe('a challenge of which a mail has left', () => {
  test('keeps its orders, because what SES took counts, whatever became of it', async () => {
    await using table = await aTableWithOrders([1, 2]);
    await table.writeSent(REF, 1, aFact(NOW + SECOND));
    await table.writeFact(REF, '1#BOUNCED', aFact(NOW + 2 * SECOND));

    expect(await run(table)).toMatchObject({
      sums: { ChallengeExpired: 1 },
      orders: { 1: NOW + 1, 2: NOW + 2 },
    });
  });

  test('is not measured as never mailed if answers exhausted it, or if its mail is unclear', async () => {
    await using mailed = await aTableWithOrders([1]);
    await exhaust(mailed);
    await mailed.writeSent(REF, 1, aFact(NOW + SECOND));
    await using unclear = await aTableWithOrders([1]);
    await unclear.challenges.claimLease(aClaim());
    await exhaust(unclear);

    expect((await run(mailed)).sums).toEqual({ ChallengeExhausted: 1 });
    expect((await run(unclear)).sums).toEqual({ ChallengeExhausted: 1 });
  });
});

test('an order that cannot be given back fails the run, in which the challenge is closed and measured all the same', async () => {
  await using table = await aTableWithOrders([1]);
  const measured = createMeasured();
  const deps = {
    challenges: createOpenChallenges(table.client, table.tableName),
    giveBack: async () => {
      throw new Error('slow down');
    },
    measure: measured.measure,
    now: () => DUE,
    maxAttempts: MAX_ATTEMPTS,
  };

  const swept = sweep(deps, { requestId: 'request-1', timeLeft: () => 50_000 });

  await expect(swept).rejects.toThrow('slow down');
  expect((await table.challenges.read(REF))?.outcome).toBe('ORPHANED');
  expect(measured.sums()).toEqual({ ChallengeOrphaned: 1, NeverMailed: 1 });
});
