import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientKey, createClientRecords } from '../../../../../shared/table/client-records.ts';
import { aChallengeTable, type ChallengeTable } from '../../../../support/table/challenge-table.ts';
import { CLIENT_ID, MINUTE, SECOND } from '../../../../support/table/challenges.ts';
import { type TokenUser, usersOf, VERIFIED_AT } from '../a-token-user.ts';
import { aContainer, type Container } from './a-container.ts';

// What the records of clients cost, and what containers know of each other's.

let table: ChallengeTable;
let aUser: () => TokenUser;
beforeAll(async () => {
  table = await aChallengeTable();
  aUser = usersOf(table);
});
afterAll(() => table[Symbol.asyncDispose]());

let pools = 0;
let poolId: string;
beforeEach(() => {
  pools += 1;
  poolId = `eu-central-1_Pool${pools}`;
});

const NOW = VERIFIED_AT + SECOND;
const UNTIL = NOW + 60 * MINUTE;
const iso = (time: number): string => new Date(time).toISOString();

/** The calls of one request at this container. */
const callsOf = async (
  container: Container,
  ...request: Parameters<Container['ask']>
): Promise<readonly string[]> => {
  container.calls.length = 0;
  await container.ask(...request).catch(() => {});
  return [...container.calls];
};
const aGuard = (reporting?: ReadonlyMap<string, number>) =>
  aContainer(table, { poolId, ...(reporting && { reporting }) });
const TRACKED: ReadonlyMap<string, number> = new Map();
const REPORTING = new Map([[CLIENT_ID, UNTIL]]);

/** A sign-in with a code that was given a moment before. */
const withCode = async (container: Container, now: number): Promise<readonly string[]> => {
  const user = aUser();
  await user.verify(0, now, CLIENT_ID);
  return callsOf(container, 'Authentication', user.userId, now);
};

describe('calls to the table', () => {
  test('are those of before where no client ever had tokens without a code', async () => {
    const container = aGuard();

    expect(await withCode(container, NOW)).toEqual(['Query', 'UpdateItem']);
    expect(await callsOf(container, 'RefreshTokens', 'user', NOW)).toEqual([]);
    expect(await callsOf(container, 'HostedAuth', 'user', NOW)).toEqual([]);
  });

  test('are three for a sign-in whose records are due, and else two', async () => {
    const container = aGuard(TRACKED);

    const calls: (readonly string[])[] = [];
    for (const now of [NOW, NOW + SECOND]) calls.push(await withCode(container, now));

    expect(calls).toEqual([
      ['Query', 'Query', 'UpdateItem'],
      ['Query', 'UpdateItem'],
    ]);
  });

  test('are one for a refresh whose records are due, and else none', async () => {
    const container = aGuard(TRACKED);
    const refresh = (now: number) => callsOf(container, 'RefreshTokens', 'user', now);

    expect(await refresh(NOW)).toEqual(['Query']);
    expect(await refresh(NOW + MINUTE - 1)).toEqual([]);
    expect(await refresh(NOW + MINUTE)).toEqual(['Query']);
  });

  test('have a write once in a minute for the sign-ins without a code of a container at a client', async () => {
    const container = aGuard(REPORTING);
    const { userId } = aUser();
    const signIn = (now: number) => callsOf(container, 'Authentication', userId, now);

    expect(await signIn(NOW)).toEqual(['Query', 'Query', 'UpdateItem']);
    expect(await signIn(NOW + SECOND)).toEqual(['Query']);
    expect(await callsOf(container, 'HostedAuth', userId, NOW + SECOND)).toEqual([]);
    // The first finds the client tainted; the others move the time forward, and the date back if it is earlier now.
    const again = ['UpdateItem', 'UpdateItem', 'UpdateItem'];
    expect(await signIn(NOW + MINUTE)).toEqual(['Query', 'Query', ...again]);
  });

  test('are none for a machine', async () => {
    const container = aGuard(REPORTING);
    const machine = {
      version: '3',
      triggerSource: 'TokenGeneration_ClientCredentials',
      request: { scopes: ['stock/read'] },
    };
    const asked = ['Authentication', 'user', NOW, machine] as const;

    expect(await callsOf(container, ...asked)).toEqual([]);
    expect(await container.ask(...asked)).toEqual({ report: { outcome: 'clientCredentials' } });
  });
});

describe('a second container', () => {
  test('learns within a minute that the first gave tokens without a code, and takes their refreshes for none', async () => {
    const [first, second] = [aGuard(REPORTING), aGuard(TRACKED)];
    const refresh = (now: number) => second.ask('RefreshTokens', 'user', now);

    expect(await refresh(NOW)).toHaveProperty('claim', 'refreshed');
    await first.ask('Authentication', aUser().userId, NOW + SECOND);

    expect(await refresh(NOW + MINUTE)).not.toHaveProperty('claim');
    await expect(refresh(UNTIL)).rejects.toThrow('Sign in again');
  });
});

describe('there are no tokens', () => {
  test.each([
    ['no attributes', {}],
    ['dates that are none', { taintedAt: 'yesterday', refusedFrom: 'soon', revokedAt: 'yes' }],
    ['numbers for dates', { taintedAt: 1, refusedFrom: UNTIL, revokedAt: NOW }],
  ])('for a refresh at a client whose record has %s', async (_, stored) => {
    const Item = { ...clientKey(poolId, CLIENT_ID), ...marshall(stored) };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));

    await expect(aGuard(TRACKED).ask('RefreshTokens', 'user', NOW)).rejects.toThrow('Sign in again');
  });

  test('for a refresh after the date, whoever was revoked before it while the client still reported', async () => {
    const records = createClientRecords(table.client, table.tableName);
    const container = aGuard(REPORTING);
    await container.ask('Authentication', aUser().userId, NOW);
    await records.revoke(poolId, CLIENT_ID, iso(NOW + SECOND));

    await container.ask('Authentication', aUser().userId, NOW + 2 * SECOND);

    await expect(container.ask('RefreshTokens', 'user', UNTIL)).rejects.toThrow('Sign in again');
  });
});
