import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ChallengeId, createdAt } from '../../../shared/domain/challenge.ts';
import { decideDelivery, NO_USER_RECORD, type UserRecord } from '../../../shared/domain/policy.ts';
import { ADDRESS_HASH, aChallengeId, DEFAULT_LIMITS, NOW, SECOND } from '../../support/table/challenges.ts';

// The figures of docs/limits.md and SECURITY.md: how many guesses can matter of somebody who has the password, has no mail, and
// wins every race, so that at each lock all challenges that are alive then take their answers.

const { codeLifetime, lockThreshold, maxFailures, maxAttempts } = DEFAULT_LIMITS;

/** The most challenges that are alive at once, if sign-ins are started without a pause for half an hour. */
const mostAlive = (fate: 'taken by SES' | 'refused by SES'): number => {
  let userRecord: UserRecord = NO_USER_RECORD;
  let most = 0;
  const made: ChallengeId[] = [];
  for (let second = 0; second <= 1_800; second += 1) {
    const now = NOW + second * SECOND;
    const request = {
      kind: 'signIn',
      now,
      addressHash: ADDRESS_HASH,
      newId: aChallengeId(second, now),
    } as const;
    const decision = decideDelivery(userRecord, request, DEFAULT_LIMITS);
    if (decision.kind === 'claim') {
      const { challengeId, delivery, ordered } = decision;
      // The store keeps the claim so; a mail that SES refuses is taken off when its delivery has ended.
      const orders = fate === 'refused by SES' ? {} : ordered.orders;
      const latest = { challengeId, delivery, claimedAt: now, addressHash: ADDRESS_HASH };
      userRecord = { ...userRecord, ...ordered, orders, version: userRecord.version + 1, latest };
      made.push(challengeId);
    }
    most = Math.max(most, made.filter((id) => createdAt(id) + codeLifetime * SECOND > now).length);
  }
  return most;
};

/** The guesses until the first lock with those that are judged at it, and those at all locks that follow. */
const guesses = (alive: number) => {
  const atFirstLock = lockThreshold - 1 + alive * maxAttempts;
  // From the threshold on a challenge takes one answer.
  const later = (maxFailures - lockThreshold) * alive;
  return { atFirstLock, later, all: atFirstLock + later };
};

const textOf = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8').replaceAll('\n', ' ');

describe('the guesses that can matter', () => {
  test.each([
    ['taken by SES', 5, { atFirstLock: 44, later: 400, all: 444 }],
    ['refused by SES', 10, { atFirstLock: 69, later: 800, all: 869 }],
  ] as const)('while every mail is %s: %i challenges are alive at once', (fate, alive, expected) => {
    expect(mostAlive(fate)).toBe(alive);
    expect(guesses(alive)).toEqual(expected);
  });

  test.each(['SECURITY.md', 'docs/limits.md'])('are as %s says', (page) => {
    const text = textOf(page);

    expect(text).toContain(`at most ${guesses(mostAlive('taken by SES')).all}`);
    expect(text).toContain(`at most ${guesses(mostAlive('refused by SES')).all}`);
  });

  test('are added up in docs/limits.md', () => {
    const text = textOf('docs/limits.md');
    const { atFirstLock, later } = guesses(mostAlive('refused by SES'));

    expect(text).toContain('at the first lock (44)');
    expect(text).toContain('that follow (400)');
    expect(text).toContain(`${atFirstLock} at the first lock and ${later} at those that follow`);
  });
});
