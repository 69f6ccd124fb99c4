import { beforeEach, describe, expect, it } from 'vitest';
import {
  GuardChangedError,
  NotLockedError,
  UnknownUserError,
} from '../../../../commands/common/unlock-errors.ts';
import { unlock } from '../../../../commands/unlock/run.ts';
import type { UnlockSource } from '../../../../commands/unlock/source.ts';
import type { Challenge } from '../../../../shared/domain/challenge.ts';
import { type Guard, NO_GUARD } from '../../../../shared/domain/policy.ts';
import {
  aChallenge,
  aChallengeId,
  DEFAULT_LIMITS,
  MINUTE,
  NOW,
  USER_ID,
} from '../../../support/table/challenges.ts';
import { createMemoryStores, type MemoryStores } from '../../../support/table/memory-stores.ts';

const NEWEST = aChallengeId(2);
const LOCKED: Guard = {
  ...{ version: 24, consecutiveFailures: 21, lastFailureAt: NOW - 5 * MINUTE, sends: [NOW - 6 * MINUTE] },
  latest: { challengeId: NEWEST, delivery: 1, claimedAt: NOW - 6 * MINUTE },
};
const REQUEST = { userId: USER_ID, reason: 'called, identity checked' };

let stores: MemoryStores;
let kept: readonly Challenge[];
beforeEach(() => {
  kept = [aChallenge({ challengeId: NEWEST }), aChallenge({ challengeId: aChallengeId(1) })];
  stores = createMemoryStores(kept, LOCKED);
});

const source = (): UnlockSource => ({
  ...stores,
  trail: {
    ofUser: async function* ({ limit }) {
      yield* kept.slice(0, limit);
    },
  },
  limits: DEFAULT_LIMITS,
  now: NOW,
  [Symbol.dispose]: () => {},
});

const facts = (challengeId = NEWEST) => {
  const { '1#REQUESTED': _, ...others } = stores.stored.get(challengeId)?.events ?? {};
  return others;
};

describe('unlocking a locked user', () => {
  it('starts their count again, and says what was found and what is now', async () => {
    const report = await unlock(source(), REQUEST);

    expect(stores.guard).toMatchObject({ version: 25, consecutiveFailures: 0 });
    expect(report).toBe(`User ${USER_ID}, times in UTC
  before: locked until 2025-01-15 12:25:00; 21 wrong codes in a row, the last 2025-01-15 11:55:00
  now:    no wrong codes in a row
  The trail of challenge ${NEWEST} says so.`);
  });

  it('is written into the trail of the newest challenge first, so that none is without a word', async () => {
    await unlock(source(), REQUEST);

    expect(stores.calls).toEqual(['readGuard', 'note UNLOCKED#24', 'unlock']);
    expect(facts()).toEqual({
      'UNLOCKED#24': {
        at: '2025-01-15T12:00:00.000Z',
        by: 'unlock',
        failures: 21,
        reason: 'called, identity checked',
      },
    });
    expect(facts(aChallengeId(1))).toEqual({});
  });

  it('is told once, where a run ended between the two writes and is repeated', async () => {
    const opened = source();
    const dying = {
      ...opened,
      guards: { ...opened.guards, unlock: () => Promise.reject(new Error('gone')) },
    };
    await expect(unlock(dying, REQUEST)).rejects.toThrow('gone');

    await unlock(source(), { ...REQUEST, reason: 'once more' });

    expect(facts()).toEqual({ 'UNLOCKED#24': expect.objectContaining({ reason: REQUEST.reason }) });
    expect(stores.guard.consecutiveFailures).toBe(0);
  });

  it('is reported although the answer to its write was lost, and the client has tried again', async () => {
    const opened = source();
    const lossy = {
      ...opened,
      guards: {
        ...opened.guards,
        unlock: async (userId: string, guard: Guard) => {
          await opened.guards.unlock(userId, guard);
          return opened.guards.unlock(userId, guard);
        },
      },
    };

    const report = await unlock(lossy, REQUEST);

    expect(report).toContain('before: locked until 2025-01-15 12:25:00; 21 wrong codes in a row');
    expect(report).toContain('now:    no wrong codes in a row');
    expect(Object.keys(facts())).toEqual(['UNLOCKED#24']);
  });

  it('ends a lock that nothing else ends', async () => {
    stores.guard = { ...LOCKED, consecutiveFailures: 100 };

    expect(await unlock(source(), REQUEST)).toContain('before: locked until an operator unlocks');
  });

  it('loses no answer that is counted in between: it looks again', async () => {
    stores.beforeClaim = () => {
      stores.beforeClaim = () => {};
      stores.guard = { ...stores.guard, version: 25, consecutiveFailures: 22 };
    };

    const report = await unlock(source(), REQUEST);

    expect(report).toContain('before: locked until 2025-01-15 12:55:00; 22 wrong codes in a row');
    expect(stores.guard).toMatchObject({ version: 26, consecutiveFailures: 0 });
    expect(Object.keys(facts()).toSorted()).toEqual(['UNLOCKED#24', 'UNLOCKED#25']);
  });

  it('gives up, and says so, where answers keep coming', async () => {
    stores.beforeClaim = () => {
      stores.guard = { ...stores.guard, version: stores.guard.version + 1 };
    };

    await expect(unlock(source(), REQUEST)).rejects.toThrow(GuardChangedError);

    expect(stores.guard.consecutiveFailures).toBe(21);
    expect(stores.calls.filter((call) => call === 'unlock')).toHaveLength(3);
  });

  it('takes place although no challenge is kept any more, and says that the trail does not tell of it', async () => {
    kept = [];

    const report = await unlock(source(), REQUEST);

    expect(report).toContain('the trail has no place for this: keep these lines');
    expect(stores.guard.consecutiveFailures).toBe(0);
  });
});

describe('a user who is not locked', () => {
  it.each<[string, Guard, string]>([
    ['whose lock has ended', { ...LOCKED, lastFailureAt: NOW - 30 * MINUTE }, '21 wrong codes in a row'],
    ['with a few wrong codes', { ...LOCKED, consecutiveFailures: 3 }, '3 wrong codes in a row'],
    [
      'without any',
      { version: 4, consecutiveFailures: 0, sends: [] },
      'is not locked: no wrong codes in a row. Nothing was changed.',
    ],
  ])('%s is left as they are', async (_, guard, words) => {
    stores.guard = guard;

    const refused = unlock(source(), REQUEST);

    await expect(refused).rejects.toThrow(NotLockedError);
    await expect(refused).rejects.toThrow(words);
    expect(stores.guard).toEqual(guard);
    expect(stores.calls).toEqual(['readGuard']);
  });

  it('or who was never here, is told apart', async () => {
    stores.guard = NO_GUARD;

    await expect(unlock(source(), REQUEST)).rejects.toThrow(UnknownUserError);
    await expect(unlock(source(), REQUEST)).rejects.toThrow('Nobody with this sub has ever asked for a code');
  });
});
