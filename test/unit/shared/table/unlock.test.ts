import { beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../../shared/command/failure.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { NO_USER_RECORD, type UserRecord } from '../../../../shared/domain/policy.ts';
import { type UnlockStores, unlock } from '../../../../shared/table/unlock.ts';
import {
  aChallenge,
  aChallengeId,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  USER_ID,
} from '../../../support/table/challenges.ts';
import { type ObservedStores, observedStores } from '../../../support/table/observed-stores.ts';

const NEWEST = aChallengeId(2);
const LOCKED: UserRecord = {
  ...{ version: 24, consecutiveFailures: 21, lastFailureAt: NOW - 5 * MINUTE, sends: [NOW - 6 * MINUTE] },
  latest: { challengeId: NEWEST, delivery: 1, claimedAt: NOW - 6 * MINUTE },
};
const REQUEST = { userId: USER_ID, reason: 'called, identity checked', mails: false };

let stores: ObservedStores;
let kept: readonly Challenge[];
beforeEach(async () => {
  kept = [aChallenge({ challengeId: NEWEST }), aChallenge({ challengeId: aChallengeId(1) })];
  stores = await observedStores(kept, LOCKED);
});

const source = (): UnlockStores => ({
  challenges: stores.challenges,
  users: stores.users,
  trail: {
    ofUser: async function* ({ limit }) {
      yield* kept.slice(0, limit);
    },
  },
  limits: DEFAULT_LIMITS,
  now: NOW,
});

const facts = async (challengeId = NEWEST) => {
  const { '1#REQUESTED': _, ...others } = (await stores.stored(challengeId))?.events ?? {};
  return others;
};

describe('unlocking a locked user', () => {
  it('starts their count again, and says what was found and what is now', async () => {
    const report = await unlock(source(), REQUEST);

    expect(await stores.userRecord()).toMatchObject({ version: 25, consecutiveFailures: 0 });
    expect(report).toBe(`User ${USER_ID}, times in UTC
  before: locked until 2025-01-15 12:25:00; 21 wrong codes in a row, the last 2025-01-15 11:55:00
  now:    no wrong codes in a row
  The trail of challenge ${NEWEST} says so.`);
  });

  it('is written into the trail of the newest challenge first, so that none is without a word', async () => {
    await unlock(source(), REQUEST);

    expect(stores.calls).toEqual(['readUserRecord', 'note UNLOCKED#24', 'unlock']);
    expect(await facts()).toEqual({
      'UNLOCKED#24': {
        at: '2025-01-15T12:00:00.000Z',
        by: 'unlock',
        failures: 21,
        reason: 'called, identity checked',
      },
    });
    expect(await facts(aChallengeId(1))).toEqual({});
  });

  it('is recorded once if a run ended between the two writes and is repeated', async () => {
    const opened = source();
    const dying = {
      ...opened,
      users: { ...opened.users, unlock: () => Promise.reject(new Error('gone')) },
    };
    await expect(unlock(dying, REQUEST)).rejects.toThrow('gone');

    await unlock(source(), { ...REQUEST, reason: 'once more' });

    expect(await facts()).toEqual({ 'UNLOCKED#24': expect.objectContaining({ reason: REQUEST.reason }) });
    expect((await stores.userRecord()).consecutiveFailures).toBe(0);
  });

  it('is reported although the answer to its write was lost, and the client has tried again', async () => {
    const opened = source();
    const lossy = {
      ...opened,
      users: {
        ...opened.users,
        unlock: async (userId: string, userRecord: UserRecord, also: { readonly mails: boolean }) => {
          await opened.users.unlock(userId, userRecord, also);
          return opened.users.unlock(userId, userRecord, also);
        },
      },
    };

    const report = await unlock(lossy, REQUEST);

    expect(report).toContain('before: locked until 2025-01-15 12:25:00; 21 wrong codes in a row');
    expect(report).toContain('now:    no wrong codes in a row');
    expect(Object.keys(await facts())).toEqual(['UNLOCKED#24']);
  });

  it('ends a lock that nothing else ends', async () => {
    await stores.putUserRecord({ ...LOCKED, consecutiveFailures: 100 });

    expect(await unlock(source(), REQUEST)).toContain('before: locked until an operator unlocks');
  });

  it('loses no answer that is counted in between: it looks again', async () => {
    stores.beforeUserWrite = async () => {
      stores.beforeUserWrite = async () => {};
      await stores.putUserRecord({ ...LOCKED, version: 25, consecutiveFailures: 22 });
    };

    const report = await unlock(source(), REQUEST);

    expect(report).toContain('before: locked until 2025-01-15 12:55:00; 22 wrong codes in a row');
    expect(await stores.userRecord()).toMatchObject({ version: 26, consecutiveFailures: 0 });
    expect(Object.keys(await facts()).toSorted()).toEqual(['UNLOCKED#24', 'UNLOCKED#25']);
  });

  it('gives up, and says so, where answers keep coming', async () => {
    stores.beforeUserWrite = async () => {
      const userRecord = await stores.userRecord();
      await stores.putUserRecord({ ...userRecord, version: userRecord.version + 1 });
    };

    await expect(unlock(source(), REQUEST)).rejects.toMatchObject({
      message: expect.stringContaining('kept changing, so they are still locked'),
      exit: EXIT.failed,
    });

    expect((await stores.userRecord()).consecutiveFailures).toBe(21);
    expect(stores.calls.filter((call) => call === 'unlock')).toHaveLength(3);
  });

  it('takes place although no challenge is kept any more, and says that the trail does not tell of it', async () => {
    kept = [];

    const report = await unlock(source(), REQUEST);

    expect(report).toContain('the trail has no place for this: keep these lines');
    expect((await stores.userRecord()).consecutiveFailures).toBe(0);
  });
});

describe('unlocking with the mails', () => {
  const ORDERED: UserRecord = {
    ...{ version: 24, consecutiveFailures: 0, sends: [NOW - 9 * MINUTE] },
    latest: { challengeId: NEWEST, delivery: 1, claimedAt: NOW - 6 * MINUTE },
    orders: {
      [NEWEST]: { 1: NOW - 6 * MINUTE, 2: NOW - 5 * MINUTE, 3: NOW - 4 * MINUTE, 4: NOW - 3 * MINUTE },
    },
    inWindow: { since: NOW - 9 * MINUTE, count: 7 },
  };
  const ALL = { ...REQUEST, mails: true };

  it('makes room for a user who is not locked, and leaves the ceiling of orders', async () => {
    await stores.putUserRecord(ORDERED);

    const report = await unlock(source(), ALL);

    expect(await stores.userRecord()).toMatchObject({ orders: {}, sends: [], inWindow: ORDERED.inWindow });
    expect(report).toContain('before: 5 mails in the last 15 minutes and 5 in the last day');
    expect(report).toContain('5 mails count no more against the limits.');
    expect(await facts()).toMatchObject({ 'UNLOCKED#24': { failures: 0, mails: 5 } });
  });

  it('is not done without being asked for', async () => {
    await stores.putUserRecord({ ...ORDERED, consecutiveFailures: 21, lastFailureAt: NOW - 5 * MINUTE });

    await unlock(source(), REQUEST);

    expect(await stores.userRecord()).toMatchObject({ consecutiveFailures: 0, orders: ORDERED.orders });
  });

  it('is refused where there is nothing to remove', async () => {
    await stores.putUserRecord({ version: 4, consecutiveFailures: 0, sends: [] });

    await expect(unlock(source(), ALL)).rejects.toMatchObject({
      message: expect.stringContaining('is not locked, and no mail counts against the limits'),
      exit: EXIT.refused,
    });
  });

  it('does not take a mail that was just ordered for its own lost write', async () => {
    await stores.putUserRecord(ORDERED);
    stores.beforeUserWrite = async () => {
      stores.beforeUserWrite = async () => {};
      await stores.putUserRecord({ ...ORDERED, version: 25 });
    };

    await unlock(source(), ALL);

    expect(await stores.userRecord()).toMatchObject({ version: 26, orders: {} });
  });
});

describe('a user whom a report has blocked', () => {
  it('is let in again, and told of as blocked', async () => {
    const blockedUntil = NOW + 5 * MINUTE;
    await stores.putUserRecord({ version: 4, consecutiveFailures: 0, sends: [], blockedUntil });

    const report = await unlock(source(), REQUEST);

    expect(report).toContain('before: blocked by a report until 2025-01-15 12:05:00\n');
    expect((await stores.userRecord()).blockedUntil).toBeUndefined();
  });
});

describe('a user who is not locked', () => {
  it.each<[string, UserRecord, string]>([
    ['whose lock has ended', { ...LOCKED, lastFailureAt: NOW - 30 * MINUTE }, '21 wrong codes in a row'],
    ['with a few wrong codes', { ...LOCKED, consecutiveFailures: 3 }, '3 wrong codes in a row'],
    [
      'without any',
      { version: 4, consecutiveFailures: 0, sends: [] },
      'is not locked: no wrong codes in a row. Nothing was changed.',
    ],
  ])('%s is left as they are', async (_, userRecord, words) => {
    await stores.putUserRecord(userRecord);

    const refused = unlock(source(), REQUEST);

    await expect(refused).rejects.toMatchObject({ exit: EXIT.refused });
    await expect(refused).rejects.toThrow(words);
    expect(await stores.userRecord()).toEqual(userRecord);
    expect(stores.calls).toEqual(['readUserRecord']);
  });

  it('or who was never here, is told apart', async () => {
    await stores.putUserRecord(NO_USER_RECORD);

    await expect(unlock(source(), REQUEST)).rejects.toMatchObject({ exit: EXIT.notFound });
    await expect(unlock(source(), REQUEST)).rejects.toThrow('This user has never asked for a code');
  });
});
