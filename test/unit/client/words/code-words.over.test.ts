/** What is said of a code that has ended, and of a lock that is near. */
import { describe, expect, test } from 'vitest';
import { describeNews } from '../../../../client/words/code-words.ts';
import { ENGLISH } from '../../../../client/words/english.ts';
import type { CodeChallenge } from '../../../../shared/messages/public-parameters.ts';
import { toldAfter } from '../../../support/client/told-after.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const PAGE = { wording: ENGLISH, now: NOW };

const aChallenge = (changes: Partial<CodeChallenge> = {}) => aCodeChallenge(NOW, changes);

/** Not even the address shows: a challenge that is over has the mask of the address that it was made for. */
const ELSEWHERE =
  'it was used already or ended elsewhere (in another window, on another device), or your email address has changed';

const over = (before: Partial<CodeChallenge>, after: Partial<CodeChallenge> = {}) =>
  toldAfter('answer', {
    ...PAGE,
    before: aChallenge(before),
    challenge: aChallenge({ status: 'REPLACED', ...after }),
  });

describe('a code that can no longer be used', () => {
  test.each<[string, Partial<CodeChallenge>, Partial<CodeChallenge>]>([
    ['it has expired', { expiresAt: NOW - 1 }, {}],
    ['it has expired', { expiresAt: NOW + 1_000, attemptsLeft: 1 }, {}],
    ['wrong codes were typed too often', { attemptsLeft: 1 }, {}],
    ['your email address has changed', { attemptsLeft: 1 }, { destination: 'b***@e***.com' }],
    [ELSEWHERE, { attemptsLeft: 4 }, {}],
    [ELSEWHERE, { expiresAt: Number.NaN }, {}],
  ])('is told why, and no other reason: %s', (why, before, after) => {
    const { tone, text } = over(before, after);

    expect(tone).toBe('bad');
    expect(text).toContain(`That code can no longer be used: ${why}. A new code is on its way`);
  });

  test('is followed by a newer mail, which is to be used', () => {
    expect(over({ attemptsLeft: 1 }).text).toMatch(
      / A new code is on its way to a\*\*\*@e\*\*\*\.com\. Use the newest mail; earlier codes no longer work\.$/,
    );
    expect(over({ attemptsLeft: 1 }, { delivery: 'SENT' }).text).toContain('A new code was sent to');
  });

  test('is not said to be followed by a mail that could not be sent', () => {
    const { text } = over({ attemptsLeft: 1 }, { delivery: 'FAILED' });

    expect(text).toContain('The mail with the code could not be sent.');
    expect(text).not.toContain('on its way');
  });
});

describe('a code that has ended', () => {
  test.each([
    ['BOUNCED', 'The mail was returned: a***@e***.com does not take mail. Please contact support.'],
    ['FAILED', 'The mail with the code could not be sent. Order a new mail below.'],
  ] as const)('does not hide that its mail never arrived: %s', (delivery, why) => {
    const asked = { ...PAGE, challenge: aChallenge({ status: 'OVER', expiresAt: NOW, delivery }) };

    const texts = [toldAfter('status', asked).text, describeNews({ kind: 'codeExpired' }, asked).text];

    expect(texts).toEqual([
      expect.stringContaining(`it has expired. ${why}`),
      expect.stringContaining(`The code has expired. ${why}`),
    ]);
  });
});

describe('a code of which somebody asks', () => {
  const asked = (challenge: Partial<CodeChallenge>) =>
    toldAfter('status', { ...PAGE, challenge: aChallenge(challenge) });

  test.each<[string, Partial<CodeChallenge>]>([
    ['it has expired', { expiresAt: NOW, attemptsLeft: 5 }],
    ['wrong codes were typed too often', { attemptsLeft: 0 }],
    [ELSEWHERE, { attemptsLeft: 1 }],
  ])('is said to be over, with the reason: %s', (why, challenge) => {
    expect(asked({ status: 'OVER', ...challenge })).toEqual({
      tone: 'bad',
      text: `That code can no longer be used: ${why}. Order a new mail below. The next mail brings a new code.`,
    });
  });

  test('is said to stand as the trail says', () => {
    expect(asked({ status: 'SAME', delivery: 'DELIVERED' })).toMatchObject({
      tone: 'plain',
      text: expect.stringContaining('your mail provider has taken it'),
    });
    expect(asked({ status: 'SAME', delivery: 'FAILED' }).tone).toBe('bad');
  });
});

describe('a wrong code', () => {
  const wrong = (challenge: Partial<CodeChallenge>) =>
    toldAfter('answer', {
      ...PAGE,
      before: aChallenge(),
      challenge: aChallenge({ status: 'SAME', delivery: 'SENT', ...challenge }),
    }).text;

  test('may be an older mail’s, so the newest is named', () => {
    expect(wrong({ attemptsLeft: 4 })).toBe(
      'That is not the code. Type the one in the newest mail. You have 4 tries left.',
    );
  });

  test.each([
    [4, 5, 'You have 4 tries left. Take care: 5 more wrong codes lock your account.'],
    [4, 4, 'Take care: 4 more wrong codes lock your account.'],
    [3, 1, 'Take care: 1 more wrong code locks your account.'],
  ])(
    'tells how far the lock is once it is near: %i tries, %i until the lock',
    (attemptsLeft, triesUntilLock, words) => {
      expect(wrong({ attemptsLeft, triesUntilLock })).toBe(
        `That is not the code. Type the one in the newest mail. ${words}`,
      );
    },
  );
});

test('who signs in near a lock is told before the first answer', () => {
  const challenge = aChallenge({ attemptsLeft: 1, triesUntilLock: 1 });

  expect(toldAfter('password', { ...PAGE, challenge }).text).toBe(
    'A code of 6 digits is on its way to a***@e***.com. Take care: 1 more wrong code locks your account.',
  );
  expect(over({ attemptsLeft: 1 }, { triesUntilLock: 3 }).text).toMatch(
    /Take care: 3 more wrong codes lock your account\.$/,
  );
});
