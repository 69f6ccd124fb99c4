import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statisticOf } from '../../../../../../local/console/dashboard/metrics/statistics.ts';
import { aPoint, MINUTE_MS } from './a-metric.ts';

/** The numbers from 1 to 100, ten of them in each of ten minutes. */
const HUNDRED = Array.from({ length: 10 }, (_, minute) =>
  aPoint(minute * MINUTE_MS, ...Array.from({ length: 10 }, (__, index) => 10 * index + minute + 1)),
);

const measurements = fc.array(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), {
  minLength: 1,
});
const pointsOf = (minutes: readonly (readonly number[])[]) =>
  minutes.map((values, minute) => aPoint(minute * MINUTE_MS, ...values));

describe('a statistic', () => {
  it.each([
    ['Sum', 5050],
    ['SampleCount', 100],
    ['Average', 50.5],
    ['Minimum', 1],
    ['Maximum', 100],
    ['p50', 50],
    ['p95', 95],
    ['p99', 99],
    ['p99.9', 100],
    ['p100', 100],
    ['p0', 1],
  ])('%s of the numbers from 1 to 100 is %d', (stat, expected) => {
    expect(statisticOf(HUNDRED, stat)).toBe(expected);
  });

  it('is nothing where nothing was measured', () => {
    expect(statisticOf([], 'Sum')).toBeUndefined();
    expect(statisticOf([], 'p95')).toBeUndefined();
  });

  it.each(['p101', 'pp5', 'IQM', 'tm90', 'sum'])('is refused by name where it is not known: %s', (stat) => {
    expect(() => statisticOf(HUNDRED, stat)).toThrow(stat);
  });

  it('lies between the smallest and the largest value, however they fall into minutes', () => {
    fc.assert(
      fc.property(measurements, fc.integer({ min: 0, max: 100 }), (minutes, percent) => {
        const points = pointsOf(minutes);
        const percentile = statisticOf(points, `p${percent}`) ?? Number.NaN;

        expect(minutes.flat()).toContain(percentile);
        expect(statisticOf(points, 'Minimum')).toBe(Math.min(...minutes.flat()));
        expect(statisticOf(points, 'Maximum')).toBe(Math.max(...minutes.flat()));
      }),
    );
  });

  it('as a percentile has at least that share of the values at or below it, and less below it', () => {
    fc.assert(
      fc.property(measurements, fc.integer({ min: 1, max: 100 }), (minutes, percent) => {
        const values = minutes.flat();
        const percentile = statisticOf(pointsOf(minutes), `p${percent}`) ?? Number.NaN;

        const atOrBelow = values.filter((value) => value <= percentile).length;
        const below = values.filter((value) => value < percentile).length;
        expect(atOrBelow).toBeGreaterThanOrEqual((percent / 100) * values.length);
        expect(below).toBeLessThan((percent / 100) * values.length);
      }),
    );
  });
});
