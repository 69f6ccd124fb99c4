/** Keeps what is measured, for tests that check which metrics are emitted. */

import type { MetricName } from '../../../shared/lambda/metric-names.ts';
import type { Measure } from '../../../shared/lambda/metrics.ts';

export interface Measured {
  readonly measure: Measure;
  /** The sum of each metric so far. A metric with a reason is called `name reason`. */
  sums(): Readonly<Record<string, number>>;
  /** Forgets what was measured. */
  clear(): void;
}

export const createMeasured = (): Measured => {
  let sums: Record<string, number> = {};
  return {
    measure: (values, reason) => {
      for (const [name, value] of Object.entries(values) as [MetricName, number][]) {
        const key = reason === undefined ? name : `${name} ${reason}`;
        sums[key] = (sums[key] ?? 0) + value;
      }
    },
    sums: () => sums,
    clear: () => {
      sums = {};
    },
  };
};
