import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ClientRecords, createClientRecords } from '../../../../../shared/table/client-records.ts';
import { aChallengeTable, type ChallengeTable } from '../../../../support/table/challenge-table.ts';
import { aChallengeId, CLIENT_ID, MINUTE, SECOND } from '../../../../support/table/challenges.ts';
import { type TokenUser, usersOf, VERIFIED_AT } from '../a-token-user.ts';
import { type Asked, aContainer } from './a-container.ts';

// Clients of a pool that had users before: some may have tokens without a code for a time, others had them.

let table: ChallengeTable;
let records: ClientRecords;
let aUser: () => TokenUser;
beforeAll(async () => {
  table = await aChallengeTable();
  records = createClientRecords(table.client, table.tableName);
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

const aGuard = (until?: number) =>
  aContainer(table, { poolId, reporting: new Map(until === undefined ? [] : [[CLIENT_ID, until]]) });
const taint = (refusedFrom: number) =>
  records.taint(poolId, CLIENT_ID, { at: iso(NOW - MINUTE), refusedFrom: iso(refusedFrom) });

const SIGN_INS: readonly Asked[] = ['Authentication', 'NewPasswordChallenge'];
const OTHERS: readonly Asked[] = ['HostedAuth', 'AuthenticateDevice'];
const refused = (asked: Promise<unknown>) =>
  expect(asked).rejects.toMatchObject({
    name: 'TokensRefused',
    message: 'Sign in again, with the code from your mail.',
  });

describe('at a client that reports', () => {
  test.each([...SIGN_INS, ...OTHERS])(
    'a sign-in without a code gets tokens without the claim, is counted by client, and taints it (%s)',
    async (asked) => {
      const { ask, measured } = aGuard(UNTIL);
      const { userId, request, factsOf } = aUser();
      await request(0);

      const admission = await ask(asked, userId, NOW);

      const report = { outcome: 'reported', challengeId: undefined };
      expect(admission).toEqual({ report: { ...report, client: CLIENT_ID, clientStanding: 'reporting' } });
      expect(measured.sums()).toEqual({ [`TokensReported ${CLIENT_ID}`]: 1 });
      expect(await factsOf(0)).not.toHaveProperty('TOKENS_REFUSED');
      expect(await records.read(poolId)).toEqual([
        { clientId: CLIENT_ID, taintedAt: iso(NOW), refusedFrom: iso(UNTIL) },
      ]);
    },
  );

  test('a sign-in with the code spends it, and has no claim either; it taints nothing', async () => {
    const { ask, measured } = aGuard(UNTIL);
    const { userId, verify, factsOf } = aUser();
    await verify(0);

    const admission = await ask('Authentication', userId, NOW);

    expect(admission).not.toHaveProperty('claim');
    expect(admission.report).toMatchObject({ outcome: 'issued', challengeId: aChallengeId(0) });
    expect(await factsOf(0)).toHaveProperty('TOKENS_ISSUED');
    expect(measured.sums()).toEqual({ TokensIssued: 1 });
    expect(await records.read(poolId)).toEqual([]);
  });

  test('a second sign-in whose code was spent before is one without a code', async () => {
    const { ask, measured } = aGuard(UNTIL);
    const { userId, verify } = aUser();
    await verify(0);
    await ask('Authentication', userId, NOW);

    const { report } = await ask('Authentication', userId, NOW + 20 * SECOND);

    expect(report.outcome).toBe('reported');
    expect(measured.sums()).toEqual({ TokensIssued: 1, [`TokensReported ${CLIENT_ID}`]: 1 });
  });

  test('a refresh passes without the claim, and is not counted', async () => {
    const { ask, measured } = aGuard(UNTIL);

    const admission = await ask('RefreshTokens', 'user', NOW);

    expect(admission).toEqual({
      report: { outcome: 'refreshed', client: CLIENT_ID, clientStanding: 'reporting' },
    });
    expect(measured.sums()).toEqual({});
  });

  test('all this ends in the millisecond of its date', async () => {
    const { ask, measured } = aGuard(UNTIL);
    const { userId } = aUser();

    for (const asked of [...SIGN_INS, ...OTHERS, 'RefreshTokens'] as const) {
      await expect(ask(asked, userId, UNTIL - 1)).resolves.not.toHaveProperty('claim');
      measured.clear();
      await refused(ask(asked, userId, UNTIL));
      expect(measured.sums()).toEqual({ TokensRefused: 1 });
    }
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['in an event of an unknown version', { version: '4' }],
    ['in an event that names no user', { request: { userAttributes: {} } }],
    ['in an event that names no client', { callerContext: {} }],
    ['in an event that names no pool', { userPoolId: undefined }],
    ['at another client', { callerContext: { clientId: `${CLIENT_ID}2` } }],
    ['in an event without a request', { request: undefined }],
    ['as a machine that names a user', { version: '3', triggerSource: 'TokenGeneration_ClientCredentials' }],
  ])('tokens are not asked for %s: there are none, and that is counted', async (_, changes) => {
    const { userId } = aUser();

    for (const asked of [...SIGN_INS, ...OTHERS]) {
      const { ask, measured } = aGuard(UNTIL);
      await refused(ask(asked, userId, NOW, changes));
      expect(measured.sums()).toEqual({ TokensRefused: 1 });
    }
    expect(await records.read(poolId)).toEqual([]);
  });
});

describe('at a tainted client', () => {
  test('a sign-in needs the code, and its tokens do not have the claim', async () => {
    await taint(UNTIL);
    const { ask } = aGuard();
    const user = aUser();

    await refused(ask('Authentication', user.userId, NOW));
    await user.verify(0);
    const admission = await ask('Authentication', user.userId, NOW);

    expect(admission.report).toMatchObject({ outcome: 'issued', clientStanding: 'tainted' });
    expect(admission).not.toHaveProperty('claim');
  });

  test('a refresh passes without the claim, until its date', async () => {
    await taint(UNTIL);
    const { ask, measured } = aGuard();

    expect(await ask('RefreshTokens', 'user', UNTIL - 1)).toEqual({
      report: { outcome: 'refreshed', client: CLIENT_ID, clientStanding: 'tainted' },
    });
    await refused(ask('RefreshTokens', 'user', UNTIL));
    expect(measured.sums()).toEqual({ TokensRefused: 1 });
  });

  test('a sign-in with the code says so from the date on, since no refresh can carry it further', async () => {
    await taint(NOW);
    const { userId, verify } = aUser();
    await verify(0);

    const admission = await aGuard().ask('Authentication', userId, NOW);

    expect(admission).toMatchObject({ claim: 'verified', report: { clientStanding: 'refused' } });
  });

  test('nothing is refused or left out any more after a revocation', async () => {
    await taint(NOW);
    await records.revoke(poolId, CLIENT_ID, iso(NOW));
    const { userId, verify } = aUser();
    await verify(0);
    const { ask } = aGuard();

    expect(await ask('Authentication', userId, NOW)).toEqual({
      claim: 'verified',
      report: { outcome: 'issued', challengeId: aChallengeId(0) },
    });
    expect(await ask('RefreshTokens', userId, NOW)).toEqual({
      claim: 'refreshed',
      report: { outcome: 'refreshed' },
    });
  });

  test('managed login and devices are refused, at any time', async () => {
    await taint(UNTIL);
    const { userId } = aUser();

    for (const asked of OTHERS)
      for (const now of [NOW, UNTIL]) await refused(aGuard().ask(asked, userId, now));
  });
});
