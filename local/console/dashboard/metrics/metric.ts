/** Metrics as the local system tells of them, and what a widget or an alarm asks of them. */

export type Dimensions = Readonly<Record<string, string>>;

/** What was measured within one minute. */
export interface MetricPoint {
  /** The start of the minute, in epoch milliseconds of the local system's clock. */
  readonly at: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** How often each value was measured, the smallest first. */
  readonly values: readonly { readonly value: number; readonly count: number }[];
}

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** CloudWatch's name for it, for instance `Milliseconds`. */
  readonly unit: string;
  readonly dimensions: Dimensions;
  /** Oldest first. */
  readonly points: readonly MetricPoint[];
}

/** A statistic of a metric, or metric math over other queries. */
export type QuerySource =
  | {
      readonly kind: 'statistic';
      readonly namespace: string;
      readonly name: string;
      readonly dimensions: Dimensions;
      /** As CloudWatch names it: `Sum`, `Average`, `p95`. */
      readonly stat: string;
      /** Seconds. */
      readonly period: number;
    }
  | { readonly kind: 'expression'; readonly expression: string };

export interface Query {
  /** What expressions call it. */
  readonly id?: string;
  readonly label: string;
  readonly source: QuerySource;
}
