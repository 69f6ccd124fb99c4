import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addValues, minuteOf } from '../../../../../local/engines/metrics/metric-point.ts';

test('a point says the same of values whether they come together or one by one', () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.nat(), (all, at) => {
      const together = addValues(undefined, at, all);
      const oneByOne = all.reduce<typeof together>(
        (point, value) => addValues(point, at, [value]),
        undefined,
      );

      expect(oneByOne).toEqual(together);
      expect(together).toMatchObject({
        at: at - (at % 60_000),
        count: all.length,
        sum: all.reduce((sum, value) => sum + value, 0),
        min: Math.min(...all),
        max: Math.max(...all),
      });
      const spread = together?.values.flatMap(({ value, count }) => Array<number>(count).fill(value));
      expect(spread).toEqual(all.toSorted((a, b) => a - b));
    }),
  );
});

test('no values are no point, and change none', () => {
  const point = addValues(undefined, 0, [1]);

  expect(addValues(undefined, 0, [])).toBeUndefined();
  expect(addValues(point, 0, [])).toEqual(point);
});

test('a minute begins at its full minute', () => {
  expect([59_999, 60_000, 119_999].map(minuteOf)).toEqual([0, 60_000, 60_000]);
});
