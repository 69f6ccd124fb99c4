import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import type { TrailPage } from '../../../../shared/table/trail.ts';
import { aChallenge, aChallengeId, aFact, MINUTE, NOW, USER_ID } from '../../../support/table/challenges.ts';
import { allOf, aTrailTable, type TrailTable } from '../../../support/table/trail-table.ts';

const OTHER_USER = '1c2b3a49-5d6e-4f70-8192-a3b4c5d6e7f8';

/** The n-th challenge is n minutes younger than the first. */
const nth = (n: number, changes: Partial<Challenge> = {}): Challenge =>
  aChallenge({ challengeId: aChallengeId(n, NOW + n * MINUTE), ...changes });

const MINE = Array.from({ length: 30 }, (_, n) => nth(n));
const OTHERS = Array.from({ length: 30 }, (_, n) =>
  nth(n, { userId: OTHER_USER, challengeId: aChallengeId(n + 100) }),
);

let table: TrailTable;

beforeAll(async () => {
  table = await aTrailTable();
  await table.write([...MINE, ...OTHERS]);
  await table.writeUserRecord(USER_ID);
  await table.writeClientRecord('eu-central-1_AbCdEf123', 'client1');
  return () => table[Symbol.asyncDispose]();
});

/** Minutes after the first challenge. */
const minutesOf = (challenges: readonly Challenge[]): readonly number[] =>
  challenges.map(({ challengeId }) => MINE.findIndex((mine) => mine.challengeId === challengeId));

describe("a user's trail", () => {
  const read = async (query: Partial<Parameters<TrailTable['trail']['ofUser']>[0]> = {}) =>
    minutesOf(await allOf(table.trail.ofUser({ userId: USER_ID, ...query })));

  it('has each challenge as it is stored', async () => {
    const challenge = nth(0, {
      userId: 'user-1',
      addressHash: 'hash',
      outcome: 'EXPIRED',
      attempts: 2,
      events: { '1#REQUESTED': aFact(), EXPIRED: aFact(NOW + MINUTE) },
    });
    await table.write([challenge]);

    expect(await allOf(table.trail.ofUser({ userId: 'user-1' }))).toEqual([challenge]);
  });

  it('is newest first, or oldest first', async () => {
    const oldestFirst = [...MINE.keys()];

    expect(await read()).toEqual(oldestFirst.toReversed());
    expect(await read({ order: 'oldestFirst' })).toEqual(oldestFirst);
  });

  it('has the challenges of a range of time, both ends included', async () => {
    const range = { since: NOW + 10 * MINUTE, until: NOW + 12 * MINUTE };

    expect(await read({ ...range, order: 'oldestFirst' })).toEqual([10, 11, 12]);
    expect(await read({ since: range.since + 1, until: range.until - 1 })).toEqual([11]);
    expect(await read({ since: range.until, until: range.since })).toEqual([]);
  });

  it('ends at the limit', async () => {
    expect(await read({ limit: 3 })).toEqual([29, 28, 27]);
    expect(await read({ limit: 0 })).toEqual([]);
    expect(await read({ limit: 100 })).toHaveLength(30);
  });

  it('never has more or others than asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -5, max: 35 }),
        fc.integer({ min: -5, max: 35 }),
        fc.integer({ min: 1, max: 40 }),
        async (from, to, limit) => {
          const expected = [...MINE.keys()].filter((n) => n >= from && n <= to).toReversed();

          expect(await read({ since: NOW + from * MINUTE, until: NOW + to * MINUTE, limit })).toEqual(
            expected.slice(0, limit),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("everybody's trail", () => {
  it("has all users' challenges of the range, and no other items", async () => {
    const range = { since: NOW, until: NOW + 4 * MINUTE };

    const found = await allOf(table.trail.ofEveryone(range));

    const ofUsers = found.filter(({ userId }) => userId !== 'user-1');
    expect(ofUsers.map(({ challengeId }) => challengeId).toSorted()).toEqual(
      [...MINE.slice(0, 5), ...OTHERS].map(({ challengeId }) => challengeId).toSorted(),
    );
  });
});

describe('one challenge', () => {
  const [, wanted = aChallenge()] = OTHERS;

  it('is one read where its user is known', async () => {
    const before = table.calls.length;

    expect(await table.trail.read(wanted)).toEqual(wanted);
    expect(table.calls.slice(before)).toEqual(['GetItemCommand']);
    expect(await table.trail.read({ ...wanted, userId: USER_ID })).toBeUndefined();
  });

  it('is found without its user', async () => {
    expect(await table.trail.find(wanted.challengeId)).toEqual(wanted);
    expect(await table.trail.find(aChallengeId(999))).toBeUndefined();
  });
});

it('reads on, page by page, past what fits into one, and says so', async () => {
  await using large = await aTrailTable();
  // 100 items of 30 kB are three pages of at most 1 MB.
  const bulky = { '1#REQUESTED': aFact(NOW, { note: 'x'.repeat(30_000) }) };
  await large.write(Array.from({ length: 100 }, (_, n) => nth(n, { events: bulky })));
  const scanned: TrailPage[] = [];
  const queried: TrailPage[] = [];

  const everyone = await allOf(large.trail.ofEveryone({}, (page) => scanned.push(page)));
  const user = await allOf(large.trail.ofUser({ userId: USER_ID, limit: 70 }, (page) => queried.push(page)));

  expect(new Set(everyone.map(({ challengeId }) => challengeId)).size).toBe(100);
  expect(scanned.length).toBeGreaterThan(2);
  expect(scanned.reduce((sum, { read }) => sum + read, 0)).toBe(100);
  expect(user.map(({ challengeId }) => challengeId)).toEqual(
    Array.from({ length: 70 }, (_, n) => nth(99 - n).challengeId),
  );
  expect(queried.length).toBeGreaterThan(1);
  expect(queried.reduce((sum, { found }) => sum + found, 0)).toBe(70);
});
