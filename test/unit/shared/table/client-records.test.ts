import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ClientRecords,
  clientKey,
  createClientRecords,
} from '../../../../shared/table/client-records.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';

const POOL = 'eu-central-1_AbCdEf123';
const FIRST = { at: '2027-01-01T00:00:00.000Z', refusedFrom: '2027-03-31T00:00:00.000Z' };
const LATER = { at: '2027-02-01T00:00:00.000Z', refusedFrom: '2027-04-30T00:00:00.000Z' };
const REVOKED_AT = '2027-01-15T00:00:00.000Z';

describe('the records of a pool’s clients', () => {
  let table: ChallengeTable;
  let records: ClientRecords;
  beforeAll(async () => {
    table = await aChallengeTable();
    records = createClientRecords(table.client, table.tableName);
  });
  afterAll(() => table[Symbol.asyncDispose]());

  let pools = 0;
  let pool: string;
  beforeEach(() => {
    pools += 1;
    pool = `${POOL}${pools}`;
  });

  test('are none at first, and one for each client that was tainted', async () => {
    expect(await records.read(pool)).toEqual([]);

    await records.taint(pool, 'client1', FIRST);
    await records.taint(pool, 'client2', LATER);

    expect(await records.read(pool)).toEqual([
      { clientId: 'client1', taintedAt: FIRST.at, refusedFrom: FIRST.refusedFrom },
      { clientId: 'client2', taintedAt: LATER.at, refusedFrom: LATER.refusedFrom },
    ]);
  });

  test('are those of this pool, and not of one whose id begins like it', async () => {
    await records.taint(`${pool}0`, 'client1', FIRST);

    expect(await records.read(pool)).toEqual([]);
  });

  test.each([
    ['later', FIRST, LATER],
    ['earlier', { at: FIRST.at, refusedFrom: LATER.refusedFrom }, { ...FIRST, at: LATER.at }],
    ['earlier, by a clock that is behind', LATER, FIRST],
  ])(
    'have the later taint and the earlier date where a client is tainted again: its date is %s',
    async (_, first, second) => {
      await records.taint(pool, 'client1', first);
      await records.taint(pool, 'client1', second);

      expect(await records.read(pool)).toEqual([
        { clientId: 'client1', taintedAt: LATER.at, refusedFrom: FIRST.refusedFrom },
      ]);
    },
  );

  test('say when all users were signed out, and keep the rest', async () => {
    await records.taint(pool, 'client1', FIRST);
    expect(await records.revoke(pool, 'client1', REVOKED_AT)).toBe(true);

    expect(await records.read(pool)).toEqual([
      { clientId: 'client1', taintedAt: FIRST.at, refusedFrom: FIRST.refusedFrom, revokedAt: REVOKED_AT },
    ]);
  });

  test('begin anew where a client is tainted after that', async () => {
    await records.taint(pool, 'client1', FIRST);
    await records.revoke(pool, 'client1', REVOKED_AT);
    await records.taint(pool, 'client1', LATER);

    expect(await records.read(pool)).toEqual([
      { clientId: 'client1', taintedAt: LATER.at, refusedFrom: LATER.refusedFrom },
    ]);
  });

  test('do not say it of a client that was tainted after that: not all of its users are signed out', async () => {
    await records.taint(pool, 'client1', FIRST);
    await records.taint(pool, 'client1', LATER);

    expect(await records.revoke(pool, 'client1', REVOKED_AT)).toBe(false);

    expect(await records.read(pool)).toEqual([
      { clientId: 'client1', taintedAt: LATER.at, refusedFrom: FIRST.refusedFrom },
    ]);
  });

  test('say it of one that was tainted at that very moment', async () => {
    await records.taint(pool, 'client1', FIRST);

    expect(await records.revoke(pool, 'client1', FIRST.at)).toBe(true);
  });

  test('can say it of a client that was never tainted', async () => {
    expect(await records.revoke(pool, 'client1', REVOKED_AT)).toBe(true);

    expect(await records.read(pool)).toEqual([
      { clientId: 'client1', taintedAt: REVOKED_AT, refusedFrom: REVOKED_AT, revokedAt: REVOKED_AT },
    ]);
  });

  test.each([
    [{}, { taintedAt: '', refusedFrom: '' }],
    [
      { taintedAt: 3, refusedFrom: null, revokedAt: true },
      { taintedAt: '', refusedFrom: '', revokedAt: '' },
    ],
  ])('have no time where %j is stored, which is none of ours', async (stored, read) => {
    const Item = { ...clientKey(pool, 'client1'), ...marshall(stored) };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));

    expect(await records.read(pool)).toEqual([{ clientId: 'client1', ...read }]);
  });
});
