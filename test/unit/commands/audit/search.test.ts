import { beforeAll, describe, expect, it } from 'vitest';
import { readAuditOptions } from '../../../../commands/audit/options.ts';
import { search } from '../../../../commands/audit/search.ts';
import type { AuditSource } from '../../../../commands/audit/source.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { aChallenge, aChallengeId, MINUTE, NOW, USER_ID } from '../../../support/table/challenges.ts';
import { allOf, aTrailTable, type TrailTable } from '../../../support/table/trail-table.ts';

const OTHER_USER = '1c2b3a49-5d6e-4f70-8192-a3b4c5d6e7f8';

/** The n-th newest challenge, which is n minutes old. */
const old = (n: number, changes: Partial<Challenge> = {}): Challenge =>
  aChallenge({ challengeId: aChallengeId(n, NOW - n * MINUTE), ...changes });

const MINE = [1, 2, 3, 90].map((n) => old(n, { outcome: 'VERIFIED' }));
const OTHERS = [4, 5, 6].map((n) => old(n, { userId: OTHER_USER }));

let table: TrailTable;
let source: Pick<AuditSource, 'trail' | 'now' | 'findUser'>;

beforeAll(async () => {
  table = await aTrailTable();
  await table.write([...MINE, ...OTHERS]);
  source = {
    trail: table.trail,
    now: NOW,
    findUser: async (username) => (username === 'alice@example.com' ? USER_ID : undefined),
  };
  return () => table[Symbol.asyncDispose]();
});

/** The challenges found, by their ages in minutes, the count by outcome, and the calls that it took. */
const found = async (...args: readonly string[]) => {
  const before = table.calls.length;
  let pages = 0;
  const { challenges, tally } = await search(source, readAuditOptions(args), () => {
    pages += 1;
  });
  const ages = (await allOf(challenges)).map(({ challengeId }) =>
    Number.parseInt(challengeId.slice(-12), 16),
  );
  return { ages, tally: Object.fromEntries(tally), calls: table.calls.slice(before), pages };
};

describe('a search', () => {
  it("finds a user's newest challenges by address or sub, in one query", async () => {
    const byAddress = await found('--user', 'alice@example.com');
    const bySub = await found('--sub', OTHER_USER, '--limit', '2');

    expect(byAddress).toEqual({
      ages: [1, 2, 3, 90],
      tally: { VERIFIED: 4 },
      calls: ['QueryCommand'],
      pages: 1,
    });
    expect(bySub).toMatchObject({ ages: [4, 5], tally: { OPEN: 2 } });
  });

  it('reads back as far as it is told', async () => {
    expect((await found('--user', 'alice@example.com', '--since', '2m')).ages).toEqual([1, 2]);
  });

  it("finds everybody's challenges, and counts them by outcome", async () => {
    const { ages, tally, calls } = await found('--since', '1h');

    expect(ages.toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(tally).toEqual({ VERIFIED: 3, OPEN: 3 });
    expect(calls).toEqual(['ScanCommand']);
  });

  it("finds everybody's newest, and still counts all of the range", async () => {
    for (const limit of [1, 2, 4, 50]) {
      const { ages, tally } = await found('--since', '1h', '--limit', String(limit));

      expect(ages).toEqual([1, 2, 3, 4, 5, 6].slice(0, limit));
      expect(tally).toEqual({ VERIFIED: 3, OPEN: 3 });
    }
  });

  it('finds one challenge: in one read of its user, else by reading the table, however old', async () => {
    const id = MINE[3]?.challengeId ?? '';

    expect(await found('--challenge', id)).toMatchObject({ ages: [90], calls: ['ScanCommand'] });
    expect(await found('--challenge', id, '--sub', USER_ID)).toMatchObject({
      ages: [90],
      calls: ['GetItemCommand'],
    });
    expect(await found('--challenge', id, '--sub', OTHER_USER)).toMatchObject({ ages: [] });
  });

  it('says that there is no such user, and does not repeat the address', async () => {
    const searching = found('--user', 'nobody@example.com');

    await expect(searching).rejects.toMatchObject({ name: 'CommandError', exit: 3 });
    await expect(searching).rejects.not.toThrow('nobody@example.com');
  });
});
