/** Computes the states of the template's alarms from the collected metrics. */
import { type SeriesValues, valuesOf } from '../metrics/evaluate-query.ts';
import type { ShownAlarm, ShownMetric } from '../metrics/metric.ts';
import { periodsUntil } from '../metrics/time-grid.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const COMPARE: Readonly<Record<ShownAlarm['comparison'], (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

type Rule = Pick<ShownAlarm, 'threshold' | 'comparison' | 'datapointsToAlarm' | 'treatMissingData'>;

/**
 * Uses only the values of the evaluation periods. CloudWatch differs: if values are missing, it also uses somewhat older
 * ones, and `ignore` keeps the last state. Here only the present values count; without any there is not enough data.
 */
export const stateFrom = (values: SeriesValues, rule: Rule): AlarmState => {
  const { threshold, comparison, datapointsToAlarm, treatMissingData } = rule;
  const breaches = values.flatMap((value) => {
    if (value !== undefined) return [COMPARE[comparison](value, threshold)];
    if (treatMissingData === 'breaching') return [true];
    return treatMissingData === 'notBreaching' ? [false] : [];
  });
  if (breaches.length === 0) return 'INSUFFICIENT_DATA';
  return breaches.filter((breach) => breach).length >= datapointsToAlarm ? 'ALARM' : 'OK';
};

/** Returns the state at `now`, in epoch milliseconds of the local clock. */
export const alarmState = (alarm: ShownAlarm, metrics: readonly ShownMetric[], now: number): AlarmState => {
  const [compared] = alarm.queries;
  if (compared === undefined) return 'INSUFFICIENT_DATA';
  const grid = periodsUntil(now, alarm.period, alarm.evaluationPeriods);
  return stateFrom(valuesOf(compared, alarm.queries, metrics, grid), alarm);
};
