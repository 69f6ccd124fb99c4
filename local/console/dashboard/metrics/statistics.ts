/** Computes CloudWatch's statistics of measured values. */
import type { ShownPoint } from './metric.ts';

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/**
 * The smallest value that at least `share` of all values do not exceed (nearest rank). CloudWatch does
 * not document its method, so it may return another value between two measured ones.
 */
const percentile = (points: readonly ShownPoint[], share: number): number | undefined => {
  const values = points.flatMap((point) => point.values).toSorted((a, b) => a.value - b.value);
  const rank = share * total(values.map(({ count }) => count));
  let seen = 0;
  return values.find(({ count }) => {
    seen += count;
    return seen >= rank;
  })?.value;
};

/** Returns undefined if nothing was measured. Throws for a statistic that is not known here. */
export const statisticOf = (points: readonly ShownPoint[], stat: string): number | undefined => {
  if (points.length === 0) return undefined;
  const sum = total(points.map((point) => point.sum));
  const count = total(points.map((point) => point.count));
  switch (stat) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return count;
    case 'Average':
      return sum / count;
    case 'Minimum':
      return Math.min(...points.map(({ min }) => min));
    case 'Maximum':
      return Math.max(...points.map(({ max }) => max));
    default: {
      const [, percent] = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(stat) ?? [];
      if (percent === undefined) throw new Error(`This page does not know the statistic ${stat}`);
      return percentile(points, Number(percent) / 100);
    }
  }
};
