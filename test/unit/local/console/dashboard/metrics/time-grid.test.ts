import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gridOver,
  groupByPeriod,
  periodsUntil,
  rangeUntil,
  startsOf,
  wholeOf,
} from '../../../../../../local/console/dashboard/metrics/time-grid.ts';

const NOON = Date.UTC(2025, 0, 15, 12);
const MINUTE_MS = 60_000;

describe('a range of time', () => {
  it('ends with the minute that is now', () => {
    expect(rangeUntil(NOON + 1, 15 * MINUTE_MS)).toEqual({
      from: NOON - 14 * MINUTE_MS,
      to: NOON + MINUTE_MS,
    });
    expect(rangeUntil(NOON, MINUTE_MS)).toEqual({ from: NOON, to: NOON + MINUTE_MS });
  });

  it('is covered by periods that begin at multiples of their length', () => {
    const range = { from: NOON + 7 * MINUTE_MS, to: NOON + 16 * MINUTE_MS };

    expect(startsOf(gridOver(range, 300))).toEqual([5, 10, 15].map((minutes) => NOON + minutes * MINUTE_MS));
    expect(startsOf(wholeOf(range))).toEqual([range.from]);
  });

  it('can be so many periods that end now', () => {
    expect(startsOf(periodsUntil(NOON + 30_000, 300, 2))).toEqual([
      NOON - 9 * MINUTE_MS,
      NOON - 4 * MINUTE_MS,
    ]);
  });
});

describe('what has a time', () => {
  it('is in the period of its time, and in no other', () => {
    const minutes = fc.integer({ min: -200, max: 200 });
    fc.assert(
      fc.property(
        fc.array(minutes),
        fc.constantFrom(60, 300, 3600),
        fc.integer({ min: 1, max: 100 }),
        (offsets, period, length) => {
          const range = { from: NOON, to: NOON + length * MINUTE_MS };
          const grid = gridOver(range, period);
          const items = offsets.map((offset) => ({ at: NOON + offset * MINUTE_MS }));

          const groups = groupByPeriod(items, grid);

          for (const [index, start] of startsOf(grid).entries()) {
            const inside = items.filter(({ at }) => at >= start && at < start + period * 1000);
            expect(groups[index]).toEqual(inside);
          }
          const inRange = items.filter(({ at }) => at >= range.from && at < range.to);
          expect(groups.flat()).toEqual(expect.arrayContaining(inRange));
        },
      ),
    );
  });
});
