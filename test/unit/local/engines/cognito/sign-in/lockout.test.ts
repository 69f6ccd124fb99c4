import { describe, expect, onTestFinished, test } from 'vitest';
import { readPool } from '../../../../../../local/engines/cognito/pool.ts';
import { createLockout } from '../../../../../../local/engines/cognito/sign-in/lockout.ts';
import { openState } from '../../../../../../local/ground/state.ts';
import { POOL_ID, temporaryFolder } from '../fixture.ts';

const POOL = readPool({ poolId: POOL_ID, properties: {}, clients: [] });
const USER = 'user';
const MINUTE = 60_000;

/** A user who gives passwords at times of the test's choice. */
const createTries = () => {
  const state = openState(temporaryFolder());
  onTestFinished(() => state.close());
  let time = 1_000_000;
  const lockout = createLockout(state, () => time);
  const attempt = (isRight: boolean, username = USER) => {
    try {
      return lockout.judge(POOL, username, () => isRight) ? 'right' : 'wrong';
    } catch (error) {
      return (error as Error).message;
    }
  };
  return {
    state,
    attempt,
    wait: (ms: number) => {
      time += ms;
    },
    fail: (times: number) => Array.from({ length: times }, () => attempt(false)),
    /** Tries wrong passwords each second. Returns after how many seconds one is judged. */
    secondsUntilJudged: () => {
      const start = time;
      while (attempt(false) !== 'wrong') time += 1000;
      return (time - start) / 1000;
    },
  };
};

const EXCEEDED = 'Password attempts exceeded';

describe('wrong passwords', () => {
  test('lock nobody out before the fifth', () => {
    const { fail, attempt } = createTries();

    expect(fail(4)).toEqual(['wrong', 'wrong', 'wrong', 'wrong']);
    expect(attempt(true)).toBe('right');
  });

  test('lock out for a second from the fifth on, the right one too', () => {
    const { fail, attempt, wait } = createTries();

    expect(fail(6)).toEqual([...Array(5).fill('wrong'), EXCEEDED]);
    expect(attempt(true)).toBe(EXCEEDED);
    wait(999);
    expect(attempt(true)).toBe(EXCEEDED);
    wait(1);
    expect(attempt(true)).toBe('right');
  });

  test('lock out for twice as long each time, up to a quarter of an hour', () => {
    const { fail, secondsUntilJudged } = createTries();
    fail(5);

    const seconds = Array.from({ length: 12 }, secondsUntilJudged);

    expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  test('count for one user only', () => {
    const { fail, attempt } = createTries();
    fail(6);

    expect(attempt(true, 'other')).toBe('right');
  });

  test('are forgotten after the right one', () => {
    const { fail, attempt, wait } = createTries();
    fail(5);
    wait(1000);
    attempt(true);

    expect(fail(6)).toEqual([...Array(5).fill('wrong'), EXCEEDED]);
  });

  test('are forgotten a quarter of an hour after the lockout, whatever was tried during it', () => {
    const { fail, attempt, wait } = createTries();
    fail(5);
    wait(999);
    expect(attempt(true)).toBe(EXCEEDED);
    wait(15 * MINUTE);
    expect(fail(2)).toEqual(['wrong', EXCEEDED]);

    wait(1999);
    expect(attempt(false)).toBe(EXCEEDED);
    wait(15 * MINUTE + 1);

    expect(fail(6)).toEqual([...Array(5).fill('wrong'), EXCEEDED]);
  });

  test('are not forgotten while others follow within a quarter of an hour, also before the fifth', () => {
    const { fail, wait } = createTries();
    fail(3);
    wait(15 * MINUTE - 1);
    fail(1);
    wait(15 * MINUTE - 1);

    expect(fail(2)).toEqual(['wrong', EXCEEDED]);
  });

  test('leave nothing behind once they are forgotten', () => {
    const { fail, attempt, state, wait } = createTries();
    fail(3);
    wait(15 * MINUTE);
    attempt(false, 'other');

    expect(state.documents('cognito-wrong-passwords').all()).toMatchObject([{ count: 1 }]);
  });
});
