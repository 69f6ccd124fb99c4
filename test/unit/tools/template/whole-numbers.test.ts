import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS, type Limit } from '../../../../shared/domain/limits.ts';
import { wholeNumbers } from '../../../../tools/template/whole-numbers.ts';

const matcher = (min: number, max: number) => new RegExp(`^${wholeNumbers(min, max)}$`);

test.each(Object.entries<Limit>(LIMITS))('the range of %s takes exactly its numbers', (_, { min, max }) => {
  const pattern = matcher(min, max);
  const taken = Array.from({ length: max + 1_000 }, (__, number) => number).filter((number) =>
    pattern.test(String(number)),
  );

  expect(taken).toEqual(Array.from({ length: max - min + 1 }, (__, index) => min + index));
});

test('a range takes a number if and only if it is in it', () => {
  const bound = fc.integer({ min: 0, max: 20_000 });
  fc.assert(
    fc.property(bound, bound, bound, (one, other, number) => {
      const [min, max] = [Math.min(one, other), Math.max(one, other)];
      const pattern = matcher(min, max);
      for (const at of [number, min - 1, min, max, max + 1])
        expect(pattern.test(String(at)), `${at} in ${min} to ${max}`).toBe(at >= min && at <= max);
    }),
  );
});

test.each(['6.5', '6.0', '06', '+6', '-6', ' 6', '6 ', '6e0', '', '\u0666'])(
  '%j is no whole number',
  (text) => {
    expect(matcher(0, 100).test(text)).toBe(false);
  },
);
