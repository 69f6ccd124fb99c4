/** Reads CloudWatch's alarms from the template. The console computes their states; nothing here watches them. */
import { isObject, type JsonObject } from '../../ground/service.ts';
import type { Resource } from '../../ground/template.ts';
import type { Dimensions } from './metric.ts';

const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;

const MISSING_DATA = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** A statistic of a metric, or metric math over the alarm's other queries. */
export type AlarmQuerySource =
  | {
      readonly kind: 'statistic';
      readonly namespace: string;
      readonly name: string;
      readonly dimensions: Dimensions;
      readonly stat: string;
      /** Seconds. */
      readonly period: number;
    }
  | { readonly kind: 'expression'; readonly expression: string };

export interface AlarmQuery {
  readonly id?: string;
  readonly label: string;
  readonly source: AlarmQuerySource;
}

export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  /** The query that is compared with the threshold comes first. */
  readonly queries: readonly AlarmQuery[];
  /** The longest period of the queries, in seconds. */
  readonly period: number;
  readonly threshold: number;
  readonly comparison: (typeof COMPARISONS)[number];
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: (typeof MISSING_DATA)[number];
}

const oneOf = <Word extends string>(words: readonly Word[], value: unknown, what: string): Word => {
  const word = words.find((one) => one === value);
  if (word === undefined) throw new Error(`${what} ${value} does not work here`);
  return word;
};

const readDimensions = (dimensions: unknown): Dimensions =>
  Object.fromEntries(
    ((dimensions ?? []) as readonly JsonObject[]).map(({ Name, Value }) => [String(Name), String(Value)]),
  );

/** `Namespace`, `MetricName` and `Dimensions` are in the alarm itself or in a MetricStat. */
const readStatistic = (metric: JsonObject, stat: unknown, period: unknown): AlarmQuerySource => {
  if (metric.MetricName === undefined) throw new Error('an alarm without a metric does not work here');
  return {
    kind: 'statistic',
    namespace: String(metric.Namespace),
    name: String(metric.MetricName),
    dimensions: readDimensions(metric.Dimensions),
    stat: String(stat),
    period: Number(period),
  };
};

const readMathQuery = ({ Id, Label, Expression, MetricStat }: JsonObject): AlarmQuery => {
  const source: AlarmQuerySource = isObject(MetricStat)
    ? readStatistic(MetricStat.Metric as JsonObject, MetricStat.Stat, MetricStat.Period)
    : { kind: 'expression', expression: String(Expression) };
  return { id: String(Id), label: String(Label ?? Id), source };
};

const readQueries = (properties: JsonObject): readonly AlarmQuery[] => {
  const { Metrics, Statistic, ExtendedStatistic, Period } = properties;
  if (Metrics === undefined) {
    const source = readStatistic(properties, Statistic ?? ExtendedStatistic, Period);
    return [{ label: String(properties.MetricName), source }];
  }
  const metrics = Metrics as readonly JsonObject[];
  const isCompared = ({ ReturnData }: JsonObject) => ReturnData !== false;
  return [...metrics.filter(isCompared), ...metrics.filter((metric) => !isCompared(metric))].map(
    readMathQuery,
  );
};

const periodOf = ({ source }: AlarmQuery): number => (source.kind === 'statistic' ? source.period : 0);

/** Reads an `AWS::CloudWatch::Alarm`. Throws an error that says what does not work here. */
export const readAlarm = ({ logicalId, properties, names }: Resource): Alarm => {
  try {
    const { AlarmName, AlarmDescription, EvaluationPeriods, DatapointsToAlarm } = properties;
    const queries = readQueries(properties);
    return {
      name: String(AlarmName ?? names.ref),
      arn: names.attributes.Arn ?? '',
      description: String(AlarmDescription ?? ''),
      queries,
      period: Math.max(...queries.map(periodOf)),
      threshold: Number(properties.Threshold),
      comparison: oneOf(COMPARISONS, properties.ComparisonOperator, 'the comparison'),
      evaluationPeriods: Number(EvaluationPeriods),
      datapointsToAlarm: Number(DatapointsToAlarm ?? EvaluationPeriods),
      treatMissingData: oneOf(
        MISSING_DATA,
        properties.TreatMissingData ?? 'missing',
        'the treatment of missing data',
      ),
    };
  } catch (error) {
    throw new Error(`Alarm ${logicalId}: ${(error as Error).message}`, { cause: error });
  }
};
