/** What a widget shows of the collected metrics in a range of time. */
import type { ShownQuery, SingleValueWidget, TimeSeriesWidget } from '../dashboard-body.ts';
import { periodOf, type Values, valuesOf } from '../metrics/evaluate-query.ts';
import type { Metric } from '../metrics/metric.ts';
import { gridOver, startsOf, type TimeRange, wholeOf } from '../metrics/time-grid.ts';
import type { TimeSpan } from '../time-span.ts';

/** What all widgets show at one moment. */
export interface Shown {
  readonly metrics: readonly Metric[];
  /** Epoch milliseconds of the local system's clock. */
  readonly now: number;
  readonly span: TimeSpan;
  /** The span up to now. */
  readonly range: TimeRange;
}

/** `null`: nothing was measured in this period. `undefined`: no period of this query begins at that time. */
export type Measured = number | null | undefined;

export interface ChartData {
  /** The starts of the periods of all queries, in epoch milliseconds. */
  readonly times: readonly number[];
  /** For each visible query what it has at each of the times. */
  readonly series: readonly (readonly Measured[])[];
  /** Whether anything was measured. What is only filled was not. */
  readonly isMeasured: boolean;
}

const hasValue = (values: Values): boolean => values.some((value) => value !== undefined);

const isMeasuredIn = (
  queries: readonly ShownQuery[],
  metrics: readonly Metric[],
  range: TimeRange,
): boolean =>
  queries
    .filter(({ source }) => source.kind === 'statistic')
    .some((query) => hasValue(valuesOf(query, queries, metrics, wholeOf(range))));

export const visibleOf = ({ queries }: { readonly queries: readonly ShownQuery[] }): readonly ShownQuery[] =>
  queries.filter(({ visible }) => visible);

export const chartData = (
  widget: TimeSeriesWidget,
  metrics: readonly Metric[],
  range: TimeRange,
): ChartData => {
  const { queries } = widget;
  const byTime = visibleOf(widget).map((query) => {
    const grid = gridOver(range, periodOf(query, queries));
    const values = valuesOf(query, queries, metrics, grid);
    return new Map(startsOf(grid).map((time, index) => [time, values[index] ?? null]));
  });
  const times = [...new Set(byTime.flatMap((series) => [...series.keys()]))].toSorted((a, b) => a - b);
  return {
    times,
    series: byTime.map((series) => times.map((time) => series.get(time))),
    isMeasured: isMeasuredIn(queries, metrics, range),
  };
};

/** One for each visible query: of the whole range, or of the newest period that has a value. */
export const singleValues = (
  widget: SingleValueWidget,
  metrics: readonly Metric[],
  range: TimeRange,
): Values => {
  const { queries, ofWholeRange } = widget;
  return visibleOf(widget).map((query) => {
    const grid = ofWholeRange ? wholeOf(range) : gridOver(range, periodOf(query, queries));
    return valuesOf(query, queries, metrics, grid).findLast((value) => value !== undefined);
  });
};
