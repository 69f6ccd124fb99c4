/** A metric as CloudWatch keeps it: what was measured, and its values minute by minute. */

export type Dimensions = Readonly<Record<string, string>>;

/** The fields that together identify a metric. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly name: string;
  /** CloudWatch's name of the unit; `None` if there is no unit. */
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
  /** How often each value was measured, the smallest first. Percentiles are computed from this. */
  readonly values: readonly { readonly value: number; readonly count: number }[];
}

export interface Metric extends MetricIdentity {
  /** Oldest first. */
  readonly points: readonly MetricPoint[];
}
