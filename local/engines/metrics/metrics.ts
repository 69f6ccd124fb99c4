/** Keeps CloudWatch's metrics on disk, as one-minute points of the local clock. */
import type { Clock } from '../../ground/clock.ts';
import type { State } from '../../ground/state.ts';
import { readEmf } from './emf.ts';
import type { Datum, Dimensions, Metric, MetricIdentity, MetricPoint } from './metric.ts';
import { addValues, minuteOf } from './metric-point.ts';

export interface MetricsDependencies {
  readonly state: State;
  readonly clock: Clock;
  /** Called after each change. */
  readonly onChange: () => void;
  /** Called for the first malformed line of each function. */
  readonly onProblem: (text: string) => void;
  /** Aborted when the system stops. Nothing is recorded after that. */
  readonly closing: AbortSignal;
}

export interface MetricQuery {
  /** @default any */
  readonly namespace?: string;
  readonly name: string;
  /**
   * Exactly these dimensions, as CloudWatch distinguishes metrics.
   * @default any; a value that was measured under several sets of dimensions then counts once for each set
   */
  readonly dimensions?: Dimensions;
}

export interface Metrics {
  record(datum: Datum): void;
  /** Records the metrics in one line of a function's log. */
  recordLine(functionName: string, line: string): void;
  all(): readonly Metric[];
  /** Returns the sum of all values so far; 0 if there are none. */
  sumOf(query: MetricQuery): number;
}

interface StoredPoint {
  readonly identity: MetricIdentity;
  readonly point: MetricPoint;
}

const DAY_MS = 86_400_000;
/** How long points are kept, as CloudWatch does with one-minute points. */
const KEPT_MS = 15 * DAY_MS;

const sortedEntries = (dimensions: Dimensions) =>
  Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1));

const keyOf = ({ namespace, name, unit, dimensions }: MetricIdentity): string =>
  JSON.stringify([namespace, name, unit, sortedEntries(dimensions)]);

const sameDimensions = (one: Dimensions, other: Dimensions): boolean =>
  JSON.stringify(sortedEntries(one)) === JSON.stringify(sortedEntries(other));

const groupPoints = (stored: readonly StoredPoint[]): readonly Metric[] =>
  [...Map.groupBy(stored, ({ identity }) => keyOf(identity)).values()].map((group) => ({
    ...(group[0] as StoredPoint).identity,
    points: group.map(({ point }) => point).toSorted((a, b) => a.at - b.at),
  }));

export const createMetrics = (dependencies: MetricsDependencies): Metrics => {
  const { state, clock, onChange, onProblem, closing } = dependencies;
  const documents = state.documents<StoredPoint>('metric-point');
  const idOf = (identity: MetricIdentity, at: number) => `${minuteOf(at)} ${keyOf(identity)}`;
  const complained = new Set<string>();
  let tidiedOn: number | undefined;

  /** Once a day of the local clock. */
  const forgetOldPoints = () => {
    const today = Math.floor(clock.now() / DAY_MS);
    if (today === tidiedOn) return;
    tidiedOn = today;
    for (const { identity, point } of documents.all()) {
      if (point.at < clock.now() - KEPT_MS) documents.delete(idOf(identity, point.at));
    }
  };
  const record = ({ at, values, namespace, name, unit, dimensions }: Datum) => {
    if (closing.aborted) return;
    const identity = { namespace, name, unit, dimensions };
    const id = idOf(identity, at);
    const before = documents.get(id)?.point;
    const point = addValues(before, at, values);
    if (point === undefined || point === before) return;
    forgetOldPoints();
    documents.put(id, { identity, point });
    onChange();
  };
  const all = () => groupPoints(documents.all());
  return {
    record,
    recordLine: (functionName, line) => {
      const read = readEmf(line);
      if (read.kind === 'metrics') for (const datum of read.data) record(datum);
      if (read.kind !== 'malformed' || complained.has(functionName)) return;
      complained.add(functionName);
      onProblem(`Metrics of ${functionName} are ignored: ${read.problem}`);
    },
    all,
    sumOf: ({ namespace, name, dimensions }) =>
      all()
        .filter((metric) => metric.name === name && metric.namespace === (namespace ?? metric.namespace))
        .filter((metric) => dimensions === undefined || sameDimensions(metric.dimensions, dimensions))
        .flatMap(({ points }) => points)
        .reduce((sum, point) => sum + point.sum, 0),
  };
};
