/** The parts of a dashboard: rows, each with a title and a text about how to read it. */
import { Duration } from 'aws-cdk-lib';
import {
  GraphWidget,
  type HorizontalAnnotation,
  type IMetric,
  type IWidget,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';

export interface DashboardRow {
  readonly title: string;
  /** How to read the row: what is good, what is not, and what to do then. Markdown. */
  readonly reading: string;
  /** The widgets stand side by side and share the whole width. */
  readonly widgets: readonly ((width: number) => IWidget)[];
}

/** Columns of CloudWatch's grid. */
const COLUMNS = 24;
const HEIGHT = 6;
const PERIOD = Duration.minutes(5);

/** The rows' widgets as `Dashboard` takes them. */
export const widgetsOf = (rows: readonly DashboardRow[]): IWidget[][] =>
  rows.flatMap(({ title, reading, widgets }) => [
    [new TextWidget({ markdown: `## ${title}\n${reading}`, width: COLUMNS, height: 2 })],
    widgets.map((widget) => widget(COLUMNS / widgets.length)),
  ]);

interface GraphOptions {
  readonly title: string;
  readonly metrics: readonly IMetric[];
  /** The unit of the axis, such as `ms`. */
  readonly unit: string;
  readonly limits?: readonly HorizontalAnnotation[];
}

export const graph =
  ({ title, metrics, unit, limits = [] }: GraphOptions) =>
  (width: number): IWidget =>
    new GraphWidget({
      title,
      left: [...metrics],
      leftAnnotations: [...limits],
      leftYAxis: { min: 0, label: unit, showUnits: false },
      period: PERIOD,
      width,
      height: HEIGHT,
    });

/** Shows one number for each metric, over the whole time range of the dashboard. */
export const totals =
  ({ title, metrics }: Pick<GraphOptions, 'title' | 'metrics'>) =>
  (width: number): IWidget =>
    new SingleValueWidget({
      title,
      metrics: [...metrics],
      setPeriodToTimeRange: true,
      width,
      height: HEIGHT,
    });
