import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UserStore } from '../../../shared/table/user-store.ts';
import { aChallengeId } from '../../support/table/challenges.ts';
import { everyLife, playLives } from './every-life.ts';
import { SMALL } from './rules/model.ts';

// A challenge's life against a model of it: any sequence of sign-ins, resends, answers, waits, mails, reports, rotated keys
// and sweeps, with Cognito's repetitions, must have the results that the model expects, at each step and in the end. A few
// sequences are enough to notice that something is broken; `test/bench` plays hundreds.

test('any sequence of steps comes out as the model says', () => playLives(5));

describe('the model finds out where', () => {
  const resetByResend = (users: UserStore): UserStore => ({
    ...users,
    claimDelivery: async (userId, userRecord, claim) => {
      const won = await users.claimDelivery(userId, userRecord, claim);
      if (claim.delivery > 1)
        await users.clearFailures(userId, aChallengeId(), { failuresBelow: 1000, now: claim.now });
      return won;
    },
  });

  const countTwice = (users: UserStore): UserStore => ({
    ...users,
    countFailure: (userId, failure) =>
      users.countFailure(userId, { ...failure, round: `${failure.round} at ${failure.now}` }),
  });

  const ignoreLock = (users: UserStore): UserStore => ({
    ...users,
    readUserRecord: async (userId) => ({
      ...(await users.readUserRecord(userId)),
      consecutiveFailures: 0,
    }),
  });

  test.each([
    ['a resend resets the failures', resetByResend],
    ['Cognito’s repetition counts twice', countTwice],
    ['nobody looks at the lock', ignoreLock],
  ])(
    '%s',
    async (_, users) => {
      const { failed, numRuns, errorInstance, seed } = await fc.check(
        everyLife(fc.constant(SMALL), { users }),
        {
          numRuns: 100,
          endOnFailure: true,
        },
      );

      console.log(`found in sequence ${numRuns}, seed ${seed}`);
      expect(failed).toBe(true);
      expect(errorInstance).toMatchObject({ name: 'AssertionError' });
    },
    60_000,
  );
});
