import { expect, it } from 'vitest';
import { aChallenge, aChallengeId, aFact, NOW, SECOND, USER_ID } from '../../../support/table/challenges.ts';
import { allOf, aTrailTable } from '../../../support/table/trail-table.ts';

const COUNT = 10_000;

it('opens with the last 20 of 10,000 challenges in one query, in less than a second', async () => {
  await using table = await aTrailTable();
  const events = { '1#REQUESTED': aFact(), '1#SENT': aFact(), '1#DELIVERED': aFact() };
  await table.write(
    Array.from({ length: COUNT }, (_, n) =>
      aChallenge({ challengeId: aChallengeId(n, NOW + n * SECOND), events }),
    ),
  );
  const before = table.calls.length;
  const started = performance.now();

  const last = await allOf(table.trail.ofUser({ userId: USER_ID, limit: 20 }));

  const elapsed = performance.now() - started;
  console.log(`The last 20 of ${COUNT} challenges came after ${elapsed.toFixed(0)} ms.`);
  expect(elapsed).toBeLessThan(1000);
  expect(table.calls.slice(before)).toEqual(['QueryCommand']);
  expect(last.map(({ challengeId }) => challengeId)).toEqual(
    Array.from({ length: 20 }, (_, n) => aChallengeId(COUNT - 1 - n, NOW + (COUNT - 1 - n) * SECOND)),
  );
});
