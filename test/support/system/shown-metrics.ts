/** The metrics that the dashboard and the alarms of a template show, and whether anything emits them. */
import type { Dashboard } from '../../../local/engines/metrics/dashboard.ts';
import type { Metric } from '../../../local/engines/metrics/metric.ts';
import type { Template } from '../../../local/ground/template.ts';
import { AWS_METRICS } from './aws-metrics.ts';

export interface ShownMetric {
  /** The widget's title or the alarm's name. */
  readonly where: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

interface Widget {
  readonly properties: { readonly title?: string; readonly metrics?: readonly (readonly unknown[])[] };
}

const pairs = (texts: readonly string[]): readonly (readonly [string, string])[] =>
  texts.length < 2 ? [] : [[texts[0] ?? '', texts[1] ?? ''], ...pairs(texts.slice(2))];

const inWidget = ({ properties: { title = '', metrics = [] } }: Widget): readonly ShownMetric[] =>
  metrics.flatMap((metric) => {
    const texts = metric.filter((part): part is string => typeof part === 'string');
    const [namespace, name, ...dimensions] = texts;
    // A row without texts is an expression over the other rows.
    if (namespace === undefined || name === undefined) return [];
    return [{ where: title, namespace, name, dimensions: Object.fromEntries(pairs(dimensions)) }];
  });

/** The metrics of all widgets and all alarms. */
export const shownMetrics = ({ body, alarms }: Dashboard): readonly ShownMetric[] => [
  ...(body.widgets as readonly Widget[]).flatMap(inWidget),
  ...alarms.flatMap(({ name: where, queries }) =>
    queries.flatMap(({ source }) => {
      if (source.kind === 'expression') return [];
      const { namespace, name, dimensions } = source;
      return [{ where, namespace, name, dimensions }];
    }),
  ),
];

const keyOf = ({ namespace, name, dimensions }: Omit<ShownMetric, 'where'>): string => {
  const sorted = Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [namespace, name, ...sorted.map(([dimension, value]) => `${dimension}=${value}`)].join(' ');
};

const sumOf = ({ points }: Metric): number => points.reduce((sum, point) => sum + point.sum, 0);

/** The names by which AWS's own metrics identify the template's resources. */
export const resourceNames = (template: Template): ReadonlySet<string> =>
  new Set(
    [
      'AWS::Lambda::Function',
      'AWS::StepFunctions::StateMachine',
      'AWS::SQS::Queue',
      'AWS::Events::Rule',
    ].flatMap((type) =>
      template
        .ofType(type)
        .flatMap(({ names: { ref, attributes } }) => [
          ref,
          ...(attributes.QueueName === undefined ? [] : [attributes.QueueName]),
        ]),
    ),
  );

const isAwsMetric = (
  { namespace, name, dimensions }: ShownMetric,
  resources: ReadonlySet<string>,
): boolean => {
  const known = AWS_METRICS[namespace];
  const [dimension, ...others] = Object.entries(dimensions);
  return (
    known?.names.includes(name) === true &&
    known.dimension === dimension?.[0] &&
    others.length === 0 &&
    (dimension === undefined || resources.has(dimension[1]))
  );
};

export interface Emitted {
  /** The metrics that our functions emitted in a run in which everything happens. */
  readonly own: readonly Metric[];
  /** The namespace of our own metrics. */
  readonly namespace: string;
  readonly resources: ReadonlySet<string>;
}

/** The metrics that are shown or watched but never measured, and those that are measured but shown nowhere. */
export const deadMetrics = (
  shown: readonly ShownMetric[],
  { own, namespace, resources }: Emitted,
): { readonly neverEmitted: readonly string[]; readonly nowhereShown: readonly string[] } => {
  const emitted = new Set(own.filter((metric) => sumOf(metric) > 0).map(keyOf));
  const shownKeys = new Set(shown.map(keyOf));
  const isAlive = (metric: ShownMetric) =>
    metric.namespace === namespace ? emitted.has(keyOf(metric)) : isAwsMetric(metric, resources);
  return {
    neverEmitted: shown.filter((metric) => !isAlive(metric)).map((it) => `${it.where}: ${keyOf(it)}`),
    nowhereShown: [...emitted].filter((key) => !shownKeys.has(key)),
  };
};
