/** An alarm as this project makes them all: how urgent it is, what it says, and where to read on. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type MathExpression,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { nameOfWhole } from '../metrics-namespace.ts';

/** `page`: users are kept out or the account is in danger, now. `ticket`: somebody has to look, within a working day. */
export type Severity = 'page' | 'ticket';

export interface AlarmDefinition {
  /** In kebab-case; with the namespace of the metrics before it the alarm's name. */
  readonly name: string;
  readonly severity: Severity;
  /** What is the matter, for whoever is woken by it. */
  readonly sentence: string;
  /**
   * A file in `docs/runbooks/`, without its ending.
   * @default the alarm's name
   */
  readonly runbook?: string;
  readonly metric: Metric | MathExpression;
  readonly periodMinutes: number;
  /** Alarm when so many of the last so many periods are at or beyond the threshold. */
  readonly periods: { readonly breaching: number; readonly of: number };
  readonly threshold: number;
  /** @default the threshold and what is above it breaches */
  readonly comparison?: ComparisonOperator;
  /** @default a period without data is a good one: nothing was measured because nothing happened */
  readonly missing?: TreatMissingData;
}

/** `topic` is told when the alarm goes off and when it is over. */
export const runbookAlarm = (
  scope: Construct,
  { name, severity, sentence, runbook = name, metric, ...rule }: AlarmDefinition,
  topic: ITopic | undefined,
): Alarm => {
  const id = name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const alarm = new Alarm(scope, id, {
    alarmName: `${nameOfWhole(scope)}-${name}`,
    alarmDescription: `[${severity}] ${sentence} Runbook: docs/runbooks/${runbook}.md`,
    metric: metric.with({ period: Duration.minutes(rule.periodMinutes) }),
    datapointsToAlarm: rule.periods.breaching,
    evaluationPeriods: rule.periods.of,
    threshold: rule.threshold,
    comparisonOperator: rule.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: rule.missing ?? TreatMissingData.NOT_BREACHING,
  });
  if (topic !== undefined) {
    const action = new SnsAction(topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  return alarm;
};
