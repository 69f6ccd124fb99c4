/** Reads a CloudWatch dashboard's body ("Dashboard body structure and syntax") as far as the template's dashboard uses it. */
import { DEFAULT_PERIOD } from './metrics/evaluate-query.ts';
import type { Query } from './metrics/metric.ts';

/** In units of CloudWatch's grid, which has 24 columns. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Side = 'left' | 'right';

export interface ShownQuery extends Query {
  /** False for a query that only an expression uses. */
  readonly visible: boolean;
  readonly side: Side;
  /** A CSS colour; undefined if the body has none. */
  readonly color?: string;
}

/** A horizontal line at a value, for instance at a limit that should not be exceeded. */
export interface Annotation {
  readonly value: number;
  readonly label: string;
  readonly side: Side;
  readonly color?: string;
}

export interface Axis {
  readonly min?: number;
  readonly max?: number;
  readonly label?: string;
}

interface MetricWidget {
  readonly title: string;
  readonly queries: readonly ShownQuery[];
}

export interface TimeSeriesWidget extends MetricWidget {
  readonly kind: 'timeSeries';
  readonly annotations: readonly Annotation[];
  readonly axes: Readonly<Record<Side, Axis>>;
}

export interface SingleValueWidget extends MetricWidget {
  readonly kind: 'singleValue';
  /** True to show one value for the whole time range, false for that of the newest period. */
  readonly ofWholeRange: boolean;
}

export interface AlarmWidget {
  readonly kind: 'alarms';
  readonly title: string;
  readonly alarmArns: readonly string[];
}

export interface TextWidget {
  readonly kind: 'text';
  readonly markdown: string;
}

export type Widget = TimeSeriesWidget | SingleValueWidget | AlarmWidget | TextWidget;

export interface PlacedWidget {
  readonly place: Place;
  readonly widget: Widget;
}

interface MetricOptions {
  readonly id?: string;
  readonly label?: string;
  readonly expression?: string;
  readonly stat?: string;
  readonly period?: number;
  readonly visible?: boolean;
  readonly yAxis?: Side;
  readonly color?: string;
}

interface Properties {
  readonly title?: string;
  readonly markdown?: string;
  readonly alarms?: readonly string[];
  readonly view?: string;
  readonly stat?: string;
  readonly period?: number;
  readonly setPeriodToTimeRange?: boolean;
  /** Namespace, name, then names and values of dimensions, then options: one list for each metric. */
  readonly metrics?: readonly (readonly (string | MetricOptions)[])[];
  readonly yAxis?: Partial<Readonly<Record<Side, Axis>>>;
  readonly annotations?: {
    readonly horizontal?: readonly {
      readonly value: number;
      readonly label?: string;
      readonly yAxis?: Side;
      readonly color?: string;
    }[];
  };
}

export interface BodyWidget extends Place {
  readonly type: string;
  readonly properties: Properties;
}

interface DashboardBody {
  readonly widgets: readonly BodyWidget[];
}

const colorOf = (color: string | undefined) => (color === undefined ? {} : { color });

const readQuery = (
  metric: readonly (string | MetricOptions)[],
  widget: Pick<Properties, 'stat' | 'period'>,
): ShownQuery => {
  const options = (metric.find((part) => typeof part === 'object') ?? {}) as MetricOptions;
  const [namespace = '', name = '', ...pairs] = metric.filter((part) => typeof part === 'string');
  const { id, label, expression, visible = true, yAxis = 'left' } = options;
  const common = { ...(id !== undefined && { id }), visible, side: yAxis, ...colorOf(options.color) };
  if (expression !== undefined) {
    return { ...common, label: label ?? expression, source: { kind: 'expression', expression } };
  }
  const dimensions = Object.fromEntries(
    pairs.flatMap((pair, at) => (at % 2 === 0 ? [[pair, pairs[at + 1] ?? '']] : [])),
  );
  const stat = options.stat ?? widget.stat ?? 'Average';
  const period = options.period ?? widget.period ?? DEFAULT_PERIOD;
  return {
    ...common,
    label: label ?? name,
    source: { kind: 'statistic', namespace, name, dimensions, stat, period },
  };
};

const readTimeSeries = (properties: Properties, common: MetricWidget): TimeSeriesWidget => {
  const { annotations, yAxis } = properties;
  return {
    kind: 'timeSeries',
    ...common,
    annotations: (annotations?.horizontal ?? []).map(
      ({ value, label = '', yAxis: side = 'left', color }) => ({
        value,
        label,
        side,
        ...colorOf(color),
      }),
    ),
    axes: { left: yAxis?.left ?? {}, right: yAxis?.right ?? {} },
  };
};

const readWidget = ({ type, properties }: BodyWidget): Widget => {
  const { title = '', markdown = '', alarms = [], metrics = [], view = 'timeSeries' } = properties;
  if (type === 'text') return { kind: 'text', markdown };
  if (type === 'alarm') return { kind: 'alarms', title, alarmArns: alarms };
  const common = { title, queries: metrics.map((metric) => readQuery(metric, properties)) };
  if (type === 'metric' && view === 'timeSeries') return readTimeSeries(properties, common);
  if (type === 'metric' && view === 'singleValue') {
    return { kind: 'singleValue', ...common, ofWholeRange: properties.setPeriodToTimeRange ?? false };
  }
  throw new Error(`This page does not know widgets of the type ${type} with the view ${view}`);
};

/** Returns the widgets row by row, each row from the left. Throws for a widget that the page cannot draw. */
export const readDashboard = (body: object): readonly PlacedWidget[] =>
  (body as DashboardBody).widgets
    .toSorted((one, other) => one.y - other.y || one.x - other.x)
    .map((widget) => {
      const { x, y, width, height } = widget;
      return { place: { x, y, width, height }, widget: readWidget(widget) };
    });
