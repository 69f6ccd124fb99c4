/** Computes the states of the template's alarms from the collected metrics. */
import { type SeriesValues, timesOf, valuesOf } from '../metrics/evaluate-query.ts';
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
 * ones. Without any value there is not enough data.
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

const stateAt = (alarm: ShownAlarm, metrics: readonly ShownMetric[], at: number): AlarmState => {
  const [compared] = alarm.queries;
  if (compared === undefined) return 'INSUFFICIENT_DATA';
  const grid = periodsUntil(at, alarm.period, alarm.evaluationPeriods);
  return stateFrom(valuesOf(compared, alarm.queries, metrics, grid), alarm);
};

/** The last time at which the evaluation periods reach back to something that was measured. */
const lastWithData = (alarm: ShownAlarm, metrics: readonly ShownMetric[]): number => {
  const measured = alarm.queries.flatMap((query) => timesOf(query, metrics));
  return Math.max(...measured) + alarm.period * (alarm.evaluationPeriods - 1) * 1000;
};

/**
 * Returns the state at `now`, in epoch milliseconds of the local clock. Where missing data is to be ignored, the state stays
 * as it was when there was some.
 */
export const alarmState = (alarm: ShownAlarm, metrics: readonly ShownMetric[], now: number): AlarmState => {
  const state = stateAt(alarm, metrics, now);
  if (state !== 'INSUFFICIENT_DATA' || alarm.treatMissingData !== 'ignore') return state;
  const last = lastWithData(alarm, metrics);
  return last < now ? stateAt(alarm, metrics, last) : state;
};
