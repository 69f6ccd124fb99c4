import type {
  Query,
  ShownDimensions,
  ShownMetric,
  ShownPoint,
} from '../../../../../../local/console/dashboard/metrics/metric.ts';

export const MINUTE_MS = 60_000;

/** The values that were measured in the minute that begins at `at`. */
export const aPoint = (at: number, ...measured: readonly number[]): ShownPoint => ({
  at,
  count: measured.length,
  sum: measured.reduce((sum, value) => sum + value, 0),
  min: Math.min(...measured),
  max: Math.max(...measured),
  values: [...Map.groupBy(measured, (value) => value)]
    .map(([value, { length: count }]) => ({ value, count }))
    .toSorted((one, other) => one.value - other.value),
});

const DIMENSIONS = { service: 'deliver-code' };

export const aMetric = (
  name: string,
  points: readonly ShownPoint[],
  dimensions: ShownDimensions = DIMENSIONS,
): ShownMetric => ({
  namespace: 'Otp',
  name,
  unit: 'Count',
  dimensions,
  points,
});

/** A query for the metric that `aMetric` makes with this name. */
export const aStatistic = (name: string, stat = 'Sum', period = 60): Query => ({
  id: name.toLowerCase(),
  label: name,
  source: { kind: 'statistic', namespace: 'Otp', name, dimensions: DIMENSIONS, stat, period },
});

export const anExpression = (expression: string): Query => ({
  label: expression,
  source: { kind: 'expression', expression },
});
