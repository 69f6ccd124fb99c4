/** A metric as CloudWatch keeps it: what was measured, and what came of it minute by minute. */

export type Dimensions = Readonly<Record<string, string>>;

/** What tells one metric from another. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly name: string;
  /** CloudWatch's name for it; `None` where there is none. */
  readonly unit: string;
  readonly dimensions: Dimensions;
}

/** Values that were measured at one time. */
export interface Datum extends MetricIdentity {
  /** Epoch milliseconds of the local clock. */
  readonly at: number;
  readonly values: readonly number[];
}

export interface MetricPoint {
  /** The start of the minute, in epoch milliseconds of the local clock. */
  readonly at: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** How often each value was measured, the smallest first; what percentiles are reckoned from. */
  readonly values: readonly { readonly value: number; readonly count: number }[];
}

export interface Metric extends MetricIdentity {
  /** Oldest first. */
  readonly points: readonly MetricPoint[];
}
