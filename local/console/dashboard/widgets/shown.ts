/** What all widgets show at one moment. */
import type { Metric } from '../metrics/metric.ts';
import type { TimeRange } from '../metrics/time-grid.ts';
import type { TimeSpan } from '../time-span.ts';

export interface Shown {
  readonly metrics: readonly Metric[];
  /** Epoch milliseconds of the local system's clock. */
  readonly now: number;
  readonly span: TimeSpan;
  /** The span up to now. */
  readonly range: TimeRange;
}
