import { describe, expect, it, test } from 'vitest';
import { NO_USER_RECORD, type UserRecord } from '../../../../shared/domain/policy.ts';
import { userJson, userStanding, userText } from '../../../../shared/words/user-standing.ts';
import { DEFAULT_LIMITS, MINUTE, NOW, SECOND, USER_ID } from '../../../support/table/challenges.ts';

const aUserRecord = (changes: Partial<UserRecord>): UserRecord => ({
  ...NO_USER_RECORD,
  version: 1,
  ...changes,
});
const failed = (consecutiveFailures: number): UserRecord =>
  aUserRecord({ consecutiveFailures, lastFailureAt: NOW - 5 * MINUTE });
const sends = (count: number, every: number): UserRecord =>
  aUserRecord({ sends: Array.from({ length: count }, (_, n) => NOW - (count - n) * every) });

describe('how a user record stands', () => {
  test.each<[string, UserRecord, string | undefined]>([
    ['nothing to say of a user who was never here', NO_USER_RECORD, undefined],
    ['nothing to say of one who signs in now and then', sends(4, MINUTE), undefined],
    ['a wrong code', failed(1), '1 wrong code in a row, the last 2025-01-15 11:55:00'],
    ['wrong codes short of a lock', failed(19), '19 wrong codes in a row, the last 2025-01-15 11:55:00'],
    [
      'a lock',
      failed(20),
      'locked until 2025-01-15 12:10:00; 20 wrong codes in a row, the last 2025-01-15 11:55:00',
    ],
    [
      'a lock that has ended, but not its count',
      { ...failed(20), lastFailureAt: NOW - 15 * MINUTE },
      '20 wrong codes in a row, the last 2025-01-15 11:45:00',
    ],
    [
      'a lock that ends with an operator alone',
      failed(100),
      'locked until an operator unlocks (command unlock); 100 wrong codes in a row, the last 2025-01-15 11:55:00',
    ],
    [
      'all mails of the window',
      sends(5, MINUTE),
      '5 mails in the last 15 minutes and 5 in the last day that no right code has used, the next possible at 2025-01-15 12:10:00',
    ],
    [
      'all mails of the day',
      sends(20, 60 * MINUTE),
      '0 mails in the last 15 minutes and 20 in the last day that no right code has used, the next possible at 2025-01-15 16:00:00',
    ],
    [
      'the ceiling of orders',
      aUserRecord({ inWindow: { since: NOW - MINUTE, count: 60 } }),
      'the ceiling of orders is reached, whatever became of them; the next possible at 2025-01-15 12:14:00',
    ],
    [
      'a report',
      aUserRecord({ blockedUntil: NOW + MINUTE }),
      'blocked by a report until 2025-01-15 12:01:00',
    ],
  ])('is %s', (_, userRecord, expected) => {
    expect(userStanding(userRecord, NOW, DEFAULT_LIMITS)).toBe(expected);
  });

  it('goes by the limits of the deployment', () => {
    const limits = { ...DEFAULT_LIMITS, lockThreshold: 5, lockDuration: 600 };

    expect(userStanding(failed(5), NOW, limits)).toMatch(/^locked until 2025-01-15 12:05:00; 5 wrong codes/);
  });
});

describe('in print', () => {
  it('it is one sentence with whose it is, for people', () => {
    expect(userText(USER_ID, 'locked')).toBe(`user ${USER_ID} now, times in UTC\n  => locked\n\n`);
  });

  it('it is one line of its own kind, for programs', () => {
    const userRecord = { ...failed(20), sends: [NOW - 20 * MINUTE, NOW - SECOND] };

    const line = userJson(USER_ID, userRecord, NOW, DEFAULT_LIMITS);

    expect(line).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(line)).toEqual({
      kind: 'guard',
      userId: USER_ID,
      consecutiveFailures: 20,
      lastFailureAt: '2025-01-15T11:55:00.000Z',
      lockedUntil: '2025-01-15T12:10:00.000Z',
      mailsInWindow: 1,
      mailsInDay: 2,
      nextMailAt: '2025-01-15T12:00:00.000Z',
      limit: null,
      standing: userStanding(userRecord, NOW, DEFAULT_LIMITS),
    });
  });

  it('it has null for what is not there, and a word for a lock without an end', () => {
    expect(JSON.parse(userJson(USER_ID, NO_USER_RECORD, NOW, DEFAULT_LIMITS))).toMatchObject({
      lastFailureAt: null,
      lockedUntil: null,
      standing: null,
    });
    expect(JSON.parse(userJson(USER_ID, failed(100), NOW, DEFAULT_LIMITS))).toMatchObject({
      lockedUntil: 'unlocked',
    });
  });
});
