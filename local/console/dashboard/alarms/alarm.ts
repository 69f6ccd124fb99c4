/** How the template's alarms stand by the collected metrics. */
import { type Values, valuesOf } from '../metrics/evaluate-query.ts';
import type { Alarm, Metric } from '../metrics/metric.ts';
import { periodsUntil } from '../metrics/time-grid.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const COMPARE: Readonly<Record<Alarm['comparison'], (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

type Rule = Pick<Alarm, 'threshold' | 'comparison' | 'datapointsToAlarm' | 'treatMissingData'>;

/**
 * From the values of the evaluation periods. CloudWatch also looks at somewhat older values where some are missing, and
 * `ignore` keeps the last state; here both count for what is there, and nothing there is not enough.
 */
export const stateFrom = (values: Values, rule: Rule): AlarmState => {
  const { threshold, comparison, datapointsToAlarm, treatMissingData } = rule;
  const breaches = values.flatMap((value) => {
    if (value !== undefined) return [COMPARE[comparison](value, threshold)];
    if (treatMissingData === 'breaching') return [true];
    return treatMissingData === 'notBreaching' ? [false] : [];
  });
  if (breaches.length === 0) return 'INSUFFICIENT_DATA';
  return breaches.filter((breach) => breach).length >= datapointsToAlarm ? 'ALARM' : 'OK';
};

/** At `now`, in epoch milliseconds of the local system's clock. */
export const alarmState = (alarm: Alarm, metrics: readonly Metric[], now: number): AlarmState => {
  const [compared] = alarm.queries;
  if (compared === undefined) return 'INSUFFICIENT_DATA';
  const grid = periodsUntil(now, alarm.period, alarm.evaluationPeriods);
  return stateFrom(valuesOf(compared, alarm.queries, metrics, grid), alarm);
};
