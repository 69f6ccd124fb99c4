import { describe, expect, test } from 'vitest';
import { createOpenChallenges } from '../../../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../../../services/sweep-challenges/sweep.ts';
import { type Challenge, isLive } from '../../../../shared/domain/challenge.ts';
import { SWEEP_GRACE_SECONDS } from '../../../../shared/domain/limits.ts';
import { createClientRecords } from '../../../../shared/table/client-records.ts';
import { createMeasured } from '../../../support/system/measured.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aFact,
  anAnswer,
  aRequest,
  MINUTE,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';

const EXPIRY = NOW + 5 * MINUTE;
const DUE = EXPIRY + SWEEP_GRACE_SECONDS * SECOND + 1;
const MAX_ATTEMPTS = 3;

const aSweeper = (table: ChallengeTable, { now = DUE }: { readonly now?: number } = {}) => {
  const measured = createMeasured();
  const deps = {
    challenges: createOpenChallenges(table.client, table.tableName),
    giveBack: table.users.giveBack,
    measure: measured.measure,
    now: () => now,
    maxAttempts: MAX_ATTEMPTS,
  };
  const run = (requestId = 'request-1', timeLeft = 50_000) =>
    sweep(deps, { requestId, timeLeft: () => timeLeft });
  return { deps, measured, run };
};

const aRef = (n: number) => ({ userId: USER_ID, challengeId: aChallengeId(n) });

/** Writes that a mail was sent, as the delivery workflow does. */
const mail = (table: ChallengeTable, ref: ReturnType<typeof aRef>) =>
  table.writeSent(ref, 1, aFact(NOW + SECOND));

const outcomeOf = async (table: ChallengeTable, n: number) => (await table.challenges.read(aRef(n)))?.outcome;

describe('a challenge that is past its time and has no outcome', () => {
  test.each([
    ['EXPIRED', 'it was mailed', async (table: ChallengeTable) => mail(table, REF)],
    ['ORPHANED', 'it was never mailed', async () => {}],
    [
      'ORPHANED',
      'its mail could not be sent',
      async (table: ChallengeTable) =>
        table.writeFact(REF, '1#SEND_FAILED', aFact(NOW + SECOND, { reason: 'EmailRejected' })),
    ],
    [
      'EXHAUSTED',
      'it had as many attempts as are allowed by now',
      async (table: ChallengeTable) => {
        await mail(table, REF);
        for (const round of ['round-1', 'round-2', 'round-3'])
          await table.challenges.countAttempt(anAnswer({ round, maxAttempts: 10 }), 'notLast');
      },
    ],
  ])('is %s where %s, and leaves the index', async (outcome, _, before) => {
    await using table = await aChallengeTable();
    await table.challenges.request(aRequest());
    await before(table);
    const { run, measured } = aSweeper(table);

    const swept = await run();

    expect(swept.closed).toEqual({ EXPIRED: 0, ORPHANED: 0, EXHAUSTED: 0, [outcome]: 1 });
    const challenge = await table.challenges.read(REF);
    expect(challenge?.outcome).toBe(outcome);
    expect(challenge?.events[outcome]).toEqual({
      at: new Date(DUE).toISOString(),
      by: 'sweep-challenges',
      request: 'request-1',
    });
    const metric = `Challenge${outcome.charAt(0)}${outcome.slice(1).toLowerCase()}`;
    const sums = { [metric]: 1, ...(outcome === 'ORPHANED' && { NeverMailed: 1 }) };
    expect(measured.sums()).toEqual(sums);
    expect((await run('request-2')).closed).toEqual({ EXPIRED: 0, ORPHANED: 0, EXHAUSTED: 0 });
    expect(measured.sums()).toEqual(sums);
  });
});

describe('a challenge is left alone', () => {
  test.each([
    ['while the workflow may still be writing', DUE - 1],
    ['while it is live', NOW + MINUTE],
  ])('%s', async (_, now) => {
    await using table = await aChallengeTable();
    await table.challenges.request(aRequest());
    const { run } = aSweeper(table, { now });

    const swept = await run();

    expect(swept.closed).toEqual({ EXPIRED: 0, ORPHANED: 0, EXHAUSTED: 0 });
    expect(await outcomeOf(table, 0)).toBeUndefined();
  });

  test('when it was verified after the index was read', async () => {
    await using table = await aChallengeTable();
    await table.challenges.request(aRequest());
    const { deps, measured } = aSweeper(table);
    await table.challenges.consume(anAnswer(), 'notLast');
    const lagging = {
      ...deps.challenges,
      async *due(shard: string) {
        yield { due: shard === REF.challengeId.slice(-1) ? [REF] : [], readUnits: 0.5 };
      },
    };

    const swept = await sweep({ ...deps, challenges: lagging }, { requestId: 'r', timeLeft: () => 50_000 });

    expect(swept.closed).toEqual({ EXPIRED: 0, ORPHANED: 0, EXHAUSTED: 0 });
    expect((await table.challenges.read(REF))?.outcome).toBe('VERIFIED');
    expect(measured.sums()).toEqual({});
  });
});

test('what is kept of app clients is left alone', async () => {
  await using table = await aChallengeTable();
  const records = createClientRecords(table.client, table.tableName);
  const times = { at: new Date(NOW).toISOString(), refusedFrom: new Date(NOW).toISOString() };
  await records.taint('eu-central-1_AbCdEf123', 'client1', times);
  const before = await records.read('eu-central-1_AbCdEf123');

  const { measured, run } = aSweeper(table);
  await run();

  expect(await records.read('eu-central-1_AbCdEf123')).toEqual(before);
  expect(measured.sums()).toEqual({});
});

describe('a run', () => {
  test('stops before its time is up, counts what it closed, and the next run goes on', async () => {
    await using table = await aChallengeTable();
    for (let n = 0; n < 8; n += 1) await table.challenges.request(aRequest(aRef(n * 16)));
    const { deps, measured } = aSweeper(table);
    let left = 3;
    const timeLeft = () => (left-- > 0 ? 50_000 : 19_000);

    const first = await sweep(deps, { requestId: 'request-1', timeLeft });
    const second = await sweep(deps, { requestId: 'request-2', timeLeft: () => 50_000 });

    expect(first).toMatchObject({ closed: { ORPHANED: 3 }, unfinished: true });
    expect(second).toMatchObject({ closed: { ORPHANED: 5 }, unfinished: false });
    expect(measured.sums()).toEqual({ ChallengeOrphaned: 8, NeverMailed: 8 });
  });

  test.each([
    ['in shards of their own', [1, 2, 3]],
    ['in the same shard', [1, 2, 3].map((n) => n * 16)],
  ])('passes over one that cannot be closed, among others %s, and then fails', async (_, numbers) => {
    await using table = await aChallengeTable();
    for (const n of numbers) await table.challenges.request(aRequest(aRef(n)));
    const [poisoned = 0] = numbers;
    const { deps, measured } = aSweeper(table);
    const failing: typeof deps.challenges = {
      ...deps.challenges,
      close: async (closing) => {
        if (closing.challengeId === aChallengeId(poisoned)) throw new Error('Item size has exceeded');
        return deps.challenges.close(closing);
      },
    };

    const run = sweep({ ...deps, challenges: failing }, { requestId: 'r', timeLeft: () => 50_000 });

    await expect(run).rejects.toThrow('Item size');
    expect(measured.sums()).toEqual({ ChallengeOrphaned: 2, NeverMailed: 2 });
    const outcomes = await Promise.all(numbers.map((n) => outcomeOf(table, n)));
    expect(outcomes).toEqual([undefined, 'ORPHANED', 'ORPHANED']);
  });

  test.each([
    ['EXPIRED', true],
    ['ORPHANED', false],
  ] as const)('counts one that it made %s by a write whose answer was lost', async (outcome, isMailed) => {
    await using table = await aChallengeTable();
    await table.challenges.request(aRequest());
    if (isMailed) await mail(table, REF);
    const { deps, measured } = aSweeper(table);
    const lossy: typeof deps.challenges = {
      ...deps.challenges,
      // The first write took effect, so the condition is false for the client's own second try.
      close: async (closing) => {
        await deps.challenges.close(closing);
        return deps.challenges.close(closing);
      },
    };

    const swept = await sweep({ ...deps, challenges: lossy }, { requestId: 'r', timeLeft: () => 50_000 });

    expect(swept.closed[outcome]).toBe(1);
    expect(measured.sums()).toEqual(
      isMailed ? { ChallengeExpired: 1 } : { ChallengeOrphaned: 1, NeverMailed: 1 },
    );
  });
});

test('a challenge that the sweep has closed is no longer live', async () => {
  await using table = await aChallengeTable();
  await table.challenges.request(aRequest());
  await aSweeper(table).run();

  const challenge = (await table.challenges.read(REF)) as Challenge;

  expect(isLive(challenge, NOW, MAX_ATTEMPTS)).toBe(false);
  expect(await table.challenges.consume(anAnswer(), 'notLast')).toBeUndefined();
});
