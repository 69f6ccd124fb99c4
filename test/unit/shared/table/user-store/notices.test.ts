import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  dueNotice,
  type LastNotices,
  NOTICE_PAUSE_MS,
} from '../../../../../shared/domain/notices/due-notice.ts';
import { NO_USER_RECORD } from '../../../../../shared/domain/policy.ts';
import { userKey } from '../../../../../shared/table/table.ts';
import type { Failure } from '../../../../../shared/table/user-store.ts';
import { aChallengeTable, type ChallengeTable } from '../../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aClaimedDelivery,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  REF,
} from '../../../../support/table/challenges.ts';

// How the write that counts a wrong code orders a notice, on a real DynamoDB engine.

let table: ChallengeTable;
beforeAll(async () => {
  table = await aChallengeTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const MINE = REF.challengeId;
const OTHER = aChallengeId(1);
const LIMITS = { ...DEFAULT_LIMITS, lockThreshold: 5, maxFailures: 7 };

let users = 0;

/** A user after these wrong rounds and notices. */
const aUser = async (
  rounds: readonly string[],
  last: LastNotices = {},
  lastFailureAt = NOW - 60 * MINUTE,
) => {
  users += 1;
  const userId = `user-${users}`;
  await table.users.claimDelivery(userId, NO_USER_RECORD, aClaimedDelivery());
  const values = Object.entries({
    ...(rounds.length > 0 && { failedRounds: new Set(rounds), lastFailureAt }),
    ...(last.locked && { 'noticedAt#locked': last.locked }),
    ...(last.wrongCodes && { 'noticedAt#wrongCodes': last.wrongCodes }),
  });
  if (values.length > 0) {
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.tableName,
        Key: userKey(userId),
        UpdateExpression: `SET ${values.map((_, n) => `#n${n} = :v${n}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(values.map(([name], n) => [`#n${n}`, name])),
        ExpressionAttributeValues: marshall(
          Object.fromEntries(values.map(([, value], n) => [`:v${n}`, value])),
        ),
      }),
    );
  }
  const fail = (changes: Partial<Failure> = {}) =>
    table.users.countFailure(userId, {
      ...{ challengeId: MINE, round: 'round-1', now: NOW, exhausted: false, limits: LIMITS },
      ...changes,
    });
  return { userId, fail, read: () => table.users.readUserRecord(userId) };
};

const roundsOf = (count: number) => Array.from({ length: count }, (_, n) => `earlier-${n}`);

test('the condition says what the rule says, whatever was counted and noticed before', async () => {
  const time = fc.constantFrom(
    NOW - NOTICE_PAUSE_MS - 1,
    NOW - NOTICE_PAUSE_MS,
    NOW - NOTICE_PAUSE_MS + 1,
    NOW,
  );
  const noticed = fc.record({ at: time, challengeId: fc.constantFrom(MINE, OTHER) });
  const last = fc.record({ locked: noticed, wrongCodes: noticed }, { requiredKeys: [] });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(7),
      fc.boolean(),
      fc.boolean(),
      last,
      async (count, isRepeated, exhausts, before) => {
        const rounds = [
          ...roundsOf(isRepeated ? Math.max(0, count - 1) : count),
          ...(isRepeated ? ['round-1'] : []),
        ];
        const plain = await aUser(rounds, before);
        const record = await plain.fail({ exhausted: exhausts });
        const locks = (record?.consecutiveFailures ?? 0) >= LIMITS.lockThreshold;
        const due = record && dueNotice(before, { challengeId: MINE, now: NOW, locks, exhausts });
        for (const notice of exhausts ? (['locked', 'wrongCodes'] as const) : (['locked'] as const)) {
          const user = await aUser(rounds, before);
          const written = await user.fail({ exhausted: exhausts, notice });
          const isSecond = exhausts && before.wrongCodes?.challengeId === MINE;
          // A repeated answer whose notice told of the codes is never asked for the other, so the write need not know.
          if (isSecond && notice === 'locked') continue;
          expect([notice, written !== undefined]).toEqual([notice, due === notice]);
          expect((await user.read()).notices).toEqual(
            written
              ? { ...before, [notice]: { at: NOW, challengeId: MINE } }
              : Object.keys(before).length > 0
                ? before
                : undefined,
          );
        }
      },
    ),
    { numRuns: 20 },
  );
});

describe('the last notice', () => {
  const last = { locked: { at: NOW, challengeId: MINE } };

  test('outlasts a right code and an unlocking, so that neither brings the next notice nearer', async () => {
    const { userId, read } = await aUser(roundsOf(3), last);

    expect(await table.users.clearFailures(userId, MINE, { failuresBelow: 5, now: NOW })).toBe(true);
    expect((await read()).notices).toEqual(last);

    await table.users.unlock(userId, await read(), { mails: true });
    expect((await read()).notices).toEqual(last);
  });

  test('outlasts the next order of a mail', async () => {
    const { userId, read } = await aUser(roundsOf(3), last);

    await table.users.claimDelivery(userId, await read(), aClaimedDelivery(await read()));

    expect((await read()).notices).toEqual(last);
  });
});

test('a write that the SDK repeats because its response was lost counts and orders once', async () => {
  const { fail, read } = await aUser(roundsOf(4));

  await fail({ notice: 'locked' });
  const repeated = await fail({ notice: 'locked' });

  expect(repeated?.consecutiveFailures).toBe(5);
  expect((await read()).notices).toEqual({ locked: { at: NOW, challengeId: MINE } });
});

test('of answers that come together, one orders the notice', async () => {
  const { fail, read } = await aUser(roundsOf(4));
  const answers = Array.from({ length: 4 }, (_, n) => ({
    round: `at-once-${n}`,
    challengeId: aChallengeId(10 + n),
  }));

  const written = await Promise.all(answers.map((answer) => fail({ ...answer, notice: 'locked' })));

  const ordered = written.filter((record) => record !== undefined);
  expect(ordered).toHaveLength(1);
  expect((await read()).notices?.locked?.challengeId).toBe(ordered[0]?.notices?.locked?.challengeId);
});
