import { describe, expect, it } from 'vitest';
import { readChallenges } from '../../../../local/api/challenges.ts';
import { aChallenge, aChallengeId, NOW, SECOND } from '../../../support/table/challenges.ts';
import { aTrailTable } from '../../../support/table/trail-table.ts';

const OTHER_USER = 'other-user';

/** Five challenges a second apart, by two users in turn. */
const CHALLENGES = Array.from({ length: 5 }, (_, n) =>
  aChallenge({
    challengeId: aChallengeId(n, NOW + n * SECOND),
    ...(n % 2 === 1 && { userId: OTHER_USER }),
  }),
);
const NEWEST_FIRST = CHALLENGES.toReversed();

describe('the challenges for the console', () => {
  it('are everybody’s, newest first, up to a limit', async () => {
    await using table = await aTrailTable();
    await table.write(CHALLENGES);

    expect(await readChallenges(table.trail, {})).toEqual(NEWEST_FIRST);
    expect(await readChallenges(table.trail, { limit: '2' })).toEqual(NEWEST_FIRST.slice(0, 2));
  });

  it('are one user’s where a sub is given, and then no more than that is read', async () => {
    await using table = await aTrailTable();
    await table.write(CHALLENGES);

    const found = await readChallenges(table.trail, { user: OTHER_USER });

    expect(found).toEqual(NEWEST_FIRST.filter(({ userId }) => userId === OTHER_USER));
    expect(table.calls).not.toContain('ScanCommand');
  });

  it('are the one that an id names, or none', async () => {
    await using table = await aTrailTable();
    await table.write(CHALLENGES);

    expect(await readChallenges(table.trail, { id: aChallengeId(3, NOW + 3 * SECOND) })).toEqual([
      CHALLENGES[3],
    ]);
    expect(await readChallenges(table.trail, { id: aChallengeId(9) })).toEqual([]);
    expect(await readChallenges(table.trail, { id: 'nonsense' })).toEqual([]);
  });

  it.each(['0', '501', '-1', '1e2', 'many', ''])('are refused with a limit of "%s"', async (limit) => {
    await using table = await aTrailTable();

    await expect(readChallenges(table.trail, { limit })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });
});
