/** Prepares the values that a widget shows in a range of time. */
import type { ShownQuery, SingleValueWidget, TimeSeriesWidget } from '../dashboard-body.ts';
import { periodOf, type SeriesValues, valuesOf } from '../metrics/evaluate-query.ts';
import type { ShownMetric } from '../metrics/metric.ts';
import { type GridRange, gridOver, startsOf, wholeOf } from '../metrics/time-grid.ts';
import type { TimeSpan } from '../time-span.ts';

/** The input of all widgets at one moment. */
export interface Shown {
  readonly metrics: readonly ShownMetric[];
  /** Epoch milliseconds of the local clock. */
  readonly now: number;
  readonly span: TimeSpan;
  /** The span up to now. */
  readonly range: GridRange;
}

/** `null` if nothing was measured in this period; `undefined` if no period of this query begins at this time. */
export type Measured = number | null | undefined;

export interface ChartData {
  /** The starts of the periods of all queries, in epoch milliseconds. */
  readonly times: readonly number[];
  /** For each visible query its value at each of the times. */
  readonly series: readonly (readonly Measured[])[];
  /** True if anything was measured. Values that FILL adds do not count. */
  readonly isMeasured: boolean;
}

const hasValue = (values: SeriesValues): boolean => values.some((value) => value !== undefined);

const isMeasuredIn = (
  queries: readonly ShownQuery[],
  metrics: readonly ShownMetric[],
  range: GridRange,
): boolean =>
  queries
    .filter(({ source }) => source.kind === 'statistic')
    .some((query) => hasValue(valuesOf(query, queries, metrics, wholeOf(range))));

export const visibleOf = ({ queries }: { readonly queries: readonly ShownQuery[] }): readonly ShownQuery[] =>
  queries.filter(({ visible }) => visible);

export const chartData = (
  widget: TimeSeriesWidget,
  metrics: readonly ShownMetric[],
  range: GridRange,
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

/** Returns one value for each visible query: of the whole range, or of the newest period that has a value. */
export const singleValues = (
  widget: SingleValueWidget,
  metrics: readonly ShownMetric[],
  range: GridRange,
): SeriesValues => {
  const { queries, ofWholeRange } = widget;
  return visibleOf(widget).map((query) => {
    const grid = ofWholeRange ? wholeOf(range) : gridOver(range, periodOf(query, queries));
    return valuesOf(query, queries, metrics, grid).findLast((value) => value !== undefined);
  });
};
