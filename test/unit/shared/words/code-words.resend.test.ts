import { describe, expect, test } from 'vitest';
import { afterExpiry, describeResendWait } from '../../../../shared/words/code-words.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const resendIn = (seconds: number) => ({ resendAt: NOW + seconds * 1000 });

describe('another mail', () => {
  test.each([
    [29, 'possible in 0:29'],
    [600, 'possible in 10:00'],
    [0, undefined],
    [-1, undefined],
  ])('in %i seconds is announced by a countdown', (seconds, words) => {
    expect(describeResendWait(resendIn(seconds), NOW)).toBe(words);
  });

  test.each([601, 15 * 60, 23 * 60 * 60])('in %i seconds is announced by the time of day', (seconds) => {
    expect(describeResendWait(resendIn(seconds), NOW)).toMatch(/^possible from (\d+ Mar, )?\d\d:\d\d on$/);
  });

  test('is offered when the code has expired, or its time is given', () => {
    const page = { orderAnother: 'order another mail below' };

    expect(afterExpiry(resendIn(0), page, NOW)).toEqual({
      tone: 'bad',
      text: 'The code has expired. Order another mail below; it will bring a new code.',
    });
    expect(afterExpiry(resendIn(900), page, NOW).text).toMatch(
      /^The code has expired\. .* from \d\d:\d\d on\.$/,
    );
  });
});
