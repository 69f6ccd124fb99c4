import { expect, test } from 'vitest';
import { duration } from '../../../../shared/words/times.ts';

test.each([
  [-5, '0 ms'],
  [17, '17 ms'],
  [1_400, '1.4 s'],
  [9_960, '10 s'],
  [59_900, '1 min'],
  [200_000, '3 min 20 s'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
])('a duration of %i ms reads %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
