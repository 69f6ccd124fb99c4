/** Keeps what is measured, for tests that check which metrics are emitted. */

import type { MetricName } from '../../../shared/lambda/metric-names.ts';
import type { Measure } from '../../../shared/lambda/metrics.ts';

export interface Measured {
  readonly measure: Measure;
  /** The sum of each metric so far. A metric with a second dimension is called `name value`. */
  sums(): Readonly<Record<string, number>>;
  /** Forgets what was measured. */
  clear(): void;
}

export const createMeasured = (): Measured => {
  let sums: Record<string, number> = {};
  return {
    measure: (values, dimension) => {
      const [value] = Object.values(dimension ?? {});
      for (const [name, count] of Object.entries(values) as [MetricName, number][]) {
        const key = value === undefined ? name : `${name} ${value}`;
        sums[key] = (sums[key] ?? 0) + count;
      }
    },
    sums: () => sums,
    clear: () => {
      sums = {};
    },
  };
};
