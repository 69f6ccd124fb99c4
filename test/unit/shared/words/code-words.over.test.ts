/** What is said of a code that has ended, and of a lock that is near. */
import { describe, expect, test } from 'vitest';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { afterAnswer, afterPassword, afterStatus } from '../../../../shared/words/code-words.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const PAGE = { orderAnother: 'order another mail below', now: NOW };

const aChallenge = (changes: Partial<CodeChallenge> = {}) => aCodeChallenge(NOW, changes);

/** Not even the address shows: a challenge that is over has the mask of the address that it was made for. */
const ELSEWHERE =
  'it was used already or ended elsewhere (in another window, on another device), or your email address has changed';

const over = (before: Partial<CodeChallenge>, after: Partial<CodeChallenge> = {}) =>
  afterAnswer({
    ...PAGE,
    before: aChallenge(before),
    challenge: aChallenge({ status: 'REPLACED', ...after }),
  });

describe('a code that can no longer be used', () => {
  test.each<[string, Partial<CodeChallenge>, Partial<CodeChallenge>]>([
    ['it has expired', { expiresAt: NOW - 1 }, {}],
    ['it has expired', { expiresAt: NOW + 1_000, attemptsLeft: 1 }, {}],
    ['it was missed too often', { attemptsLeft: 1 }, {}],
    ['your email address has changed', { attemptsLeft: 1 }, { destination: 'b***@e***.com' }],
    [ELSEWHERE, { attemptsLeft: 4 }, {}],
    [ELSEWHERE, { expiresAt: Number.NaN }, {}],
  ])('is told why, and no other reason: %s', (why, before, after) => {
    const { tone, text } = over(before, after);

    expect(tone).toBe('bad');
    expect(text).toContain(`That code can no longer be used: ${why}. A new one is on its way`);
  });

  test('is followed by a newer mail, which is to be used', () => {
    expect(over({ attemptsLeft: 1 }).text).toMatch(
      / A new one is on its way to a\*\*\*@e\*\*\*\.com\. Use the newest mail; earlier codes no longer work\.$/,
    );
    expect(over({ attemptsLeft: 1 }, { delivery: 'SENT' }).text).toContain('A new one was mailed to');
  });

  test('is not said to be followed by a mail that could not be sent', () => {
    const { text } = over({ attemptsLeft: 1 }, { delivery: 'FAILED' });

    expect(text).toContain('The mail with the code could not be sent.');
    expect(text).not.toContain('on its way');
  });
});

describe('a code of which somebody asks', () => {
  const asked = (challenge: Partial<CodeChallenge>) =>
    afterStatus({ ...PAGE, challenge: aChallenge(challenge) });

  test.each<[string, Partial<CodeChallenge>]>([
    ['it has expired', { expiresAt: NOW, attemptsLeft: 5 }],
    ['it was missed too often', { attemptsLeft: 0 }],
    [ELSEWHERE, { attemptsLeft: 1 }],
  ])('is said to be over, with the reason: %s', (why, challenge) => {
    expect(asked({ status: 'OVER', ...challenge })).toEqual({
      tone: 'bad',
      text: `That code can no longer be used: ${why}. Order another mail below; it will bring a new code.`,
    });
  });

  test('is said to stand as the trail says', () => {
    expect(asked({ status: 'SAME', delivery: 'DELIVERED' })).toMatchObject({
      tone: 'plain',
      text: expect.stringContaining('Your mail provider has taken it'),
    });
    expect(asked({ status: 'SAME', delivery: 'FAILED' }).tone).toBe('bad');
  });
});

describe('a wrong code', () => {
  const wrong = (challenge: Partial<CodeChallenge>) =>
    afterAnswer({
      ...PAGE,
      before: aChallenge(),
      challenge: aChallenge({ status: 'SAME', delivery: 'SENT', ...challenge }),
    }).text;

  test('may be an older mail’s, so the newest is named', () => {
    expect(wrong({ attemptsLeft: 4 })).toBe(
      'That is not the code. Type the one in the newest mail; you have 4 tries left.',
    );
  });

  test.each([
    [4, 5, 'you have 4 tries left, and 5 until your account is locked.'],
    [4, 4, '4 more wrong codes lock your account.'],
    [3, 1, '1 more wrong code locks your account.'],
  ])(
    'tells how far the lock is once it is near: %i tries, %i until the lock',
    (attemptsLeft, triesUntilLock, words) => {
      expect(wrong({ attemptsLeft, triesUntilLock })).toContain(`; ${words}`);
    },
  );
});

test('who signs in near a lock is told before the first answer', () => {
  const challenge = aChallenge({ attemptsLeft: 1, triesUntilLock: 1 });

  expect(afterPassword({ ...PAGE, challenge }).text).toBe(
    'A code of 6 digits is on its way to a***@e***.com. Take care: 1 more wrong code locks your account.',
  );
  expect(over({ attemptsLeft: 1 }, { triesUntilLock: 3 }).text).toMatch(
    /Take care: 3 more wrong codes lock your account\.$/,
  );
});
