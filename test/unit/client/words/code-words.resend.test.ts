import { describe, expect, test } from 'vitest';
import { describeNews } from '../../../../client/words/code-words.ts';
import { describeResendWait } from '../../../../client/words/countdown-words.ts';
import { ENGLISH } from '../../../../client/words/english.ts';
import { aCodeChallenge } from '../../../support/sign-in/code-challenge.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const resendIn = (seconds: number) => ({ resendAt: NOW + seconds * 1000 });

describe('a new mail', () => {
  test.each([
    [29, 'A new mail is possible in 0:29.'],
    [600, 'A new mail is possible in 10:00.'],
    [0, undefined],
    [-1, undefined],
  ])('in %i seconds is announced by a countdown', (seconds, words) => {
    expect(describeResendWait(resendIn(seconds), NOW)).toBe(words);
  });

  test.each([601, 15 * 60, 23 * 60 * 60])('in %i seconds is announced by the time of day', (seconds) => {
    expect(describeResendWait(resendIn(seconds), NOW)).toMatch(
      /^A new mail is possible from (\d+ Mar, )?\d\d:\d\d on\.$/,
    );
  });

  test('is offered when the code has expired, or its time is given', () => {
    const PAGE = { wording: ENGLISH, now: NOW };
    const expired = (seconds: number) =>
      describeNews({ kind: 'codeExpired' }, { ...PAGE, challenge: aCodeChallenge(NOW, resendIn(seconds)) });

    expect(expired(0)).toEqual({
      tone: 'bad',
      text: 'The code has expired. Order a new mail below. The next mail brings a new code.',
    });
    expect(expired(900).text).toMatch(/^The code has expired\. .* from \d\d:\d\d on\. The next mail/);
  });
});
