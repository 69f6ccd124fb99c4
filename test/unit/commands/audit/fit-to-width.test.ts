import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitToWidth } from '../../../../commands/audit/fit-to-width.ts';

test.each([
  ['a line that fits', 'works until 12:05', 20, 'works until 12:05'],
  ['a sentence', 'mailed 12:00:02, no report yet', 20, 'mailed 12:00:02, no\nreport yet'],
  [
    'a step, below its words',
    '  12:00:02     +2.0 s  returned for good: no mailbox',
    40,
    '  12:00:02     +2.0 s  returned for\n                    good: no mailbox',
  ],
  [
    'a standing, below its words',
    '  => mailed 12:00:02; one wrong answer',
    20,
    '  => mailed\n     12:00:02; one\n     wrong answer',
  ],
  ['a word that is longer than a line', `user ${'x'.repeat(12)} now`, 10, 'user\nxxxxxxxxxx\nxx now'],
  ['several lines, each for itself', 'one two\n  three four\n\n', 8, 'one two\n  three\n  four\n\n'],
])('breaks %s', (_, text, width, expected) => {
  expect(fitToWidth(text, width)).toBe(expected);
});

test('no line is wider than the terminal, and no word is lost', () => {
  const word = fc.stringMatching(/^[a-z=>:;]{1,30}$/);
  const line = fc
    .array(fc.tuple(fc.constantFrom('', ' ', '  '), word))
    .map((parts) => parts.flat().join(' '));

  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 10, max: 120 }), (lines, width) => {
      const fitted = fitToWidth(lines.join('\n'), width);

      for (const one of fitted.split('\n')) expect(one.length).toBeLessThanOrEqual(width);
      expect(fitted.replace(/\s/g, '')).toBe(lines.join('').replace(/\s/g, ''));
    }),
  );
});
