import { describe, expect, test } from 'vitest';
import {
  CLEAN_BOOK,
  type ClientBook,
  createClientBook,
} from '../../../../services/guard-tokens/client-book.ts';
import { RECORDS_CACHE_MS } from '../../../../shared/clients/client-standing.ts';
import type { ClientRecord, ClientRecords } from '../../../../shared/table/client-records.ts';
import { MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

const POOL = 'eu-central-1_AbCdEf123';
const CLIENT = { poolId: POOL, clientId: 'client1' };
const UNTIL = NOW + 60 * MINUTE;
const iso = (time: number): string => new Date(time).toISOString();

/** Records as the table has them, and the calls that were made for them. */
const someRecords = () => {
  const stored = new Map<string, ClientRecord>();
  const calls: string[] = [];
  let broken = false;
  const called = (call: string) => {
    calls.push(call);
    if (broken) throw new Error('no answer');
  };
  const records: ClientRecords = {
    read: async (poolId) => {
      called(`read ${poolId}`);
      return [...stored.values()];
    },
    taint: async (_, clientId, { at, refusedFrom }) => {
      called(`taint ${clientId} ${at} ${refusedFrom}`);
      stored.set(clientId, { clientId, taintedAt: at, refusedFrom });
    },
    revoke: async (_, clientId, at) => {
      stored.set(clientId, { clientId, taintedAt: at, refusedFrom: at, revokedAt: at });
      return true;
    },
  };
  const taint = (refusedFrom = UNTIL, clientId = CLIENT.clientId) =>
    stored.set(clientId, { clientId, taintedAt: iso(NOW), refusedFrom: iso(refusedFrom) });
  return {
    records,
    calls,
    taint,
    breakDown: () => {
      broken = true;
    },
  };
};
const READ = `read ${POOL}`;

const standings = async (book: ClientBook, times: readonly number[]): Promise<readonly string[]> => {
  const words: string[] = [];
  for (const now of times) words.push(await book.standingOf(CLIENT, now));
  return words;
};

test('a minute is how long records are used', () => {
  expect(RECORDS_CACHE_MS).toBe(MINUTE);
});

describe('a deployment without such clients', () => {
  test('has clean ones alone, whatever the event names', async () => {
    expect(await CLEAN_BOOK.standingOf({ poolId: '', clientId: '' }, NOW)).toBe('clean');
    await expect(CLEAN_BOOK.taint(CLIENT, NOW)).resolves.toBeUndefined();
  });
});

describe('the records of a pool', () => {
  test('are read once in a minute, for all of its clients', async () => {
    const { records, calls } = someRecords();
    const book = createClientBook(records);

    await standings(book, [NOW, NOW + SECOND, NOW + MINUTE - 1]);
    await book.standingOf({ ...CLIENT, clientId: 'client2' }, NOW + SECOND);
    expect(calls).toEqual([READ]);

    await book.standingOf(CLIENT, NOW + MINUTE);
    expect(calls).toEqual([READ, READ]);
  });

  test('are read again where the clock was set back, so that they are not used for longer', async () => {
    const { records, calls } = someRecords();

    await standings(createClientBook(records), [NOW, NOW - 1]);

    expect(calls).toEqual([READ, READ]);
  });

  test('are those of the pool that the event names', async () => {
    const { records, calls } = someRecords();
    const book = createClientBook(records);

    await book.standingOf(CLIENT, NOW);
    await book.standingOf({ ...CLIENT, poolId: 'eu-central-1_Other' }, NOW);

    expect(calls).toEqual([READ, 'read eu-central-1_Other']);
  });

  test('take effect once they are read', async () => {
    const { records, taint } = someRecords();
    const book = createClientBook(records);

    const before = await standings(book, [NOW]);
    taint();

    expect(before).toEqual(['clean']);
    expect(await standings(book, [NOW + MINUTE - 1, NOW + MINUTE, UNTIL - 1, UNTIL])).toEqual([
      'clean',
      'tainted',
      'tainted',
      'refused',
    ]);
  });

  test('refuse at their date to the millisecond, also while they are not read anew', async () => {
    const { records, calls, taint } = someRecords();
    taint(NOW + SECOND);

    expect(await standings(createClientBook(records), [NOW, NOW + SECOND - 1, NOW + SECOND])).toEqual([
      'tainted',
      'tainted',
      'refused',
    ]);
    expect(calls).toEqual([READ]);
  });

  test('are not replaced by what was known, where they cannot be read', async () => {
    const { records, breakDown } = someRecords();
    const book = createClientBook(records);
    await book.standingOf(CLIENT, NOW);
    breakDown();

    await expect(book.standingOf(CLIENT, NOW + SECOND)).resolves.toBe('clean');
    for (const now of [NOW + MINUTE, NOW + MINUTE + SECOND])
      await expect(book.standingOf(CLIENT, now)).rejects.toThrow('no answer');
  });

  test.each([{ poolId: '' }, { clientId: '' }])(
    'are not read for an event that does not say whose they are (%j): it is trusted with nothing',
    async (missing) => {
      const { records, calls } = someRecords();
      const book = createClientBook(
        records,
        new Map([
          [CLIENT.clientId, UNTIL],
          ['', UNTIL],
        ]),
      );

      expect(await book.standingOf({ ...CLIENT, ...missing }, NOW)).toBe('refused');
      expect(calls).toEqual([]);
    },
  );
});

describe('a client that reports', () => {
  const reporting = new Map([[CLIENT.clientId, UNTIL]]);

  test('does so until its time, and is refused then', async () => {
    const { records } = someRecords();

    expect(await standings(createClientBook(records, reporting), [NOW, UNTIL - 1, UNTIL])).toEqual([
      'reporting',
      'reporting',
      'refused',
    ]);
  });

  test('is tainted by one write of a container in a minute, with the time at which it will be refused', async () => {
    const { records, calls } = someRecords();
    const book = createClientBook(records, reporting);

    await book.standingOf(CLIENT, NOW);
    for (const now of [NOW, NOW + SECOND, NOW + MINUTE]) await book.taint(CLIENT, now);

    const written = (now: number) => `taint client1 ${iso(now)} ${iso(UNTIL)}`;
    expect(calls).toEqual([READ, written(NOW), READ, written(NOW + MINUTE)]);
  });

  test('is tainted by every container, whatever it has read of others: a revocation may have begun since', async () => {
    const { records, calls } = someRecords();
    const [one, early, late] = [1, 2, 3].map(() => createClientBook(records, reporting)) as [
      ClientBook,
      ClientBook,
      ClientBook,
    ];
    await early.standingOf(CLIENT, NOW);
    await one.taint(CLIENT, NOW);
    calls.length = 0;

    const written = `taint client1 ${iso(NOW + SECOND)} ${iso(UNTIL)}`;
    await late.taint(CLIENT, NOW + SECOND);
    expect(calls).toEqual([READ, written]);
    await early.taint(CLIENT, NOW + SECOND);
    await early.taint(CLIENT, NOW + SECOND);
    expect(calls).toEqual([READ, written, written]);
  });

  test('is tainted again after a revocation, within a minute', async () => {
    const { records, calls } = someRecords();
    const book = createClientBook(records, reporting);
    await book.taint(CLIENT, NOW);
    await records.revoke(POOL, CLIENT.clientId, iso(NOW + SECOND));
    calls.length = 0;

    await book.taint(CLIENT, NOW + 2 * SECOND);
    expect(calls).toEqual([]);
    await book.taint(CLIENT, NOW + MINUTE);
    expect(calls).toEqual([READ, `taint client1 ${iso(NOW + MINUTE)} ${iso(UNTIL)}`]);
  });

  test('is not held for tainted where that could not be written', async () => {
    const { records, calls, breakDown } = someRecords();
    const book = createClientBook(records, reporting);
    await book.standingOf(CLIENT, NOW);
    breakDown();

    for (const now of [NOW, NOW + SECOND]) await expect(book.taint(CLIENT, now)).rejects.toThrow('no answer');
    expect(calls).toHaveLength(3);
  });
});
