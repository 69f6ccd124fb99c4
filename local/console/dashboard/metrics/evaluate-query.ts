/** Evaluates the queries of a widget or an alarm with the collected metrics. */
import type { Query, QuerySource, ShownDimensions, ShownMetric } from './metric.ts';
import { evaluateMath, idsIn, parseMath } from './metric-math.ts';
import { statisticOf } from './statistics.ts';
import { groupByPeriod, type TimeGrid } from './time-grid.ts';

/** One value for each period of a grid; undefined if nothing was measured in it. */
export type SeriesValues = readonly (number | undefined)[];

type Statistic = Extract<QuerySource, { readonly kind: 'statistic' }>;

/** CloudWatch's default period, in seconds. */
export const DEFAULT_PERIOD = 300;

const sameDimensions = (one: ShownDimensions, other: ShownDimensions): boolean => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

/** Returns more than one metric if it was measured in several units: the queries here do not name a unit. */
const metricsOf = ({ namespace, name, dimensions }: Statistic, metrics: readonly ShownMetric[]) =>
  metrics.filter(
    (metric) =>
      metric.namespace === namespace && metric.name === name && sameDimensions(metric.dimensions, dimensions),
  );

/** When the query's metric was measured; nothing for an expression. */
export const timesOf = ({ source }: Query, metrics: readonly ShownMetric[]): readonly number[] =>
  source.kind === 'statistic'
    ? metricsOf(source, metrics).flatMap(({ points }) => points.map(({ at }) => at))
    : [];

/** Throws if the expression refers to a query that is not in `among`. */
const operandsOf = (expression: string, among: readonly Query[]): readonly (readonly [string, Query])[] =>
  idsIn(parseMath(expression)).map((id) => {
    const query = among.find((one) => one.id === id);
    if (query === undefined) throw new Error(`"${expression}" refers to ${id}, which is not there`);
    return [id, query];
  });

const isMeasured = (value: number | undefined): value is number => value !== undefined;

/** `among` has the queries to which expressions may refer. */
export const valuesOf = (
  { source }: Query,
  among: readonly Query[],
  metrics: readonly ShownMetric[],
  grid: TimeGrid,
): SeriesValues => {
  if (source.kind === 'statistic') {
    const points = metricsOf(source, metrics).flatMap((metric) => metric.points);
    return groupByPeriod(points, grid).map((group) => statisticOf(group, source.stat));
  }
  const operands = new Map(
    operandsOf(source.expression, among).map(([id, query]) => [id, valuesOf(query, among, metrics, grid)]),
  );
  const math = parseMath(source.expression);
  return Array.from({ length: grid.count }, (_, index) =>
    evaluateMath(math, (id, when) => {
      const values = operands.get(id) ?? [];
      return when === 'now' ? values[index] : values.slice(0, index + 1).findLast(isMeasured);
    }),
  );
};

/** Returns the period in seconds; for an expression the longest period of the queries that it uses. */
export const periodOf = ({ source }: Query, among: readonly Query[]): number => {
  if (source.kind === 'statistic') return source.period;
  const periods = operandsOf(source.expression, among).map(([, query]) => periodOf(query, among));
  return periods.length === 0 ? DEFAULT_PERIOD : Math.max(...periods);
};
