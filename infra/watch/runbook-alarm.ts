/** Makes every alarm of the project: how urgent it is, what it says, and where its runbook is. */
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
import { uniqueName } from '../unique-name.ts';

/** `page`: act now, because users cannot sign in or the account is in danger. `ticket`: look at it within a working day. */
export type Severity = 'page' | 'ticket';

export interface AlarmDefinition {
  /** In kebab-case. The alarm's name is the namespace of the metrics and this. */
  readonly name: string;
  readonly severity: Severity;
  /** What is wrong, for the person who gets the alarm. */
  readonly sentence: string;
  /**
   * The name of a file in `docs/runbooks/`, without `.md`.
   * @default the alarm's name
   */
  readonly runbook?: string;
  readonly metric: Metric | MathExpression;
  readonly periodMinutes: number;
  /** The alarm starts when `breaching` of the last `of` periods are at or above the threshold. */
  readonly periods: { readonly breaching: number; readonly of: number };
  readonly threshold: number;
  /** @default a value at or above the threshold breaches it */
  readonly comparison?: ComparisonOperator;
  /** @default a period without data does not breach, because nothing happened */
  readonly missing?: TreatMissingData;
}

/** Creates the alarm. `topic` gets a message when it starts and when it ends. */
export const runbookAlarm = (
  scope: Construct,
  { name, severity, sentence, runbook = name, metric, ...rule }: AlarmDefinition,
  topic: ITopic | undefined,
): Alarm => {
  const id = name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const alarm = new Alarm(scope, id, {
    alarmName: uniqueName(scope, `-${name}`),
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
