import { describe, expect, it } from 'vitest';
import { readStandings, unlockUser } from '../../../../local/api/standings.ts';
import { NO_USER_RECORD, type UserRecord } from '../../../../shared/domain/policy.ts';
import type { UnlockStores } from '../../../../shared/table/unlock.ts';
import {
  aChallenge,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';
import { observedStores } from '../../../support/table/observed-stores.ts';

const storesWith = async (record: Partial<UserRecord>): Promise<UnlockStores> => {
  const stores = await observedStores([aChallenge()], { ...NO_USER_RECORD, version: 3, ...record });
  async function* ofUser() {
    yield aChallenge();
  }
  return { ...stores, trail: { ofUser }, limits: DEFAULT_LIMITS, now: NOW };
};

const LOCKED = { consecutiveFailures: 20, lastFailureAt: NOW - MINUTE };

describe('how a user stands', () => {
  it.each<[string, Partial<UserRecord>, object]>([
    ['is nothing to speak of', {}, { isLimited: false }],
    ['is locked by wrong codes', LOCKED, { lock: 'codes', words: /^locked until 2025-01-15 12:14:00/ }],
    ['is locked until an operator acts', { ...LOCKED, consecutiveFailures: 100 }, { lock: 'operator' }],
    [
      'is blocked by a report',
      { blockedUntil: NOW + MINUTE },
      { lock: 'report', words: /blocked by a report/ },
    ],
    [
      'is at the limit of mails',
      { sends: Array.from({ length: 5 }, (_, n) => NOW - n * SECOND) },
      { isLimited: true },
    ],
  ])('%s', async (_, record, expected) => {
    const [standing] = await readStandings(await storesWith(record), USER_ID);

    const patterns = Object.entries(expected).map(([name, value]) => [
      name,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]);
    expect(standing).toMatchObject({ userId: USER_ID, ...Object.fromEntries(patterns) });
    expect(standing !== undefined && 'lock' in standing).toBe('lock' in expected);
  });

  it('is asked of at most 50 users, by their subs', async () => {
    const stores = await storesWith({});

    expect(await readStandings(stores)).toEqual([]);
    expect(() => readStandings(stores, 'alice@example.com')).toThrow('users: at most 50 subs');
    expect(() => readStandings(stores, Array(51).fill(USER_ID).join())).toThrow('users: at most 50 subs');
  });
});

describe('unlocking on the page', () => {
  it('does what the command does, and keeps the reason', async () => {
    const stores = await storesWith(LOCKED);

    const { report } = await unlockUser(stores, { userId: USER_ID, reason: ' called ', mails: false });

    expect(report).toContain('now:    no wrong codes in a row');
    expect(await readStandings(stores, USER_ID)).toEqual([{ userId: USER_ID, isLimited: false }]);
  });

  it.each([
    [{ userId: USER_ID, reason: '' }, 'The reason is missing'],
    [{ userId: USER_ID, reason: 'asked by alice@example.com' }, 'The reason must not hold an address'],
    [{ userId: USER_ID }, 'The reason is missing'],
    [{ userId: 'alice', reason: 'called' }, 'userId: the sub of a user'],
  ])('refuses %j and changes nothing', async (input, message) => {
    const stores = await storesWith(LOCKED);

    await expect(unlockUser(stores, input)).rejects.toThrow(message);
    expect(await readStandings(stores, USER_ID)).toMatchObject([{ lock: 'codes' }]);
  });

  it('says so where there is nothing to end', async () => {
    const stores = await storesWith({});

    await expect(unlockUser(stores, { userId: USER_ID, reason: 'called' })).rejects.toThrow('is not locked');
  });
});
