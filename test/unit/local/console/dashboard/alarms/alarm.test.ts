import { describe, expect, it } from 'vitest';
import { alarmState, stateFrom } from '../../../../../../local/console/dashboard/alarms/alarm.ts';
import type { ShownAlarm } from '../../../../../../local/console/dashboard/metrics/metric.ts';
import { aMetric, anExpression, aPoint, aStatistic, MINUTE_MS } from '../metrics/a-metric.ts';

const NOW = Date.UTC(2025, 0, 15, 12, 0, 30);
const THIS_MINUTE = NOW - 30_000;

const anAlarm = (changes: Partial<ShownAlarm> = {}): ShownAlarm => ({
  name: 'failing',
  arn: 'arn:failing',
  description: '',
  queries: [aStatistic('Failed')],
  period: 60,
  threshold: 2,
  comparison: 'GreaterThanOrEqualToThreshold',
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  treatMissingData: 'notBreaching',
  ...changes,
});

/** A metric of failures: by how many minutes ago, what was measured then. */
const failed = (measured: Readonly<Record<number, number>>) =>
  aMetric(
    'Failed',
    Object.entries(measured).map(([ago, value]) => aPoint(THIS_MINUTE - Number(ago) * MINUTE_MS, value)),
  );

describe('an alarm', () => {
  it('goes off as soon as enough of the last periods breach, the present one included', () => {
    expect(alarmState(anAlarm(), [failed({ 0: 2, 2: 2 })], NOW)).toBe('ALARM');
    expect(alarmState(anAlarm(), [failed({ 0: 2, 1: 1 })], NOW)).toBe('OK');
  });

  it('is over when they are too long ago', () => {
    expect(alarmState(anAlarm(), [failed({ 2: 2, 3: 2 })], NOW)).toBe('OK');
  });

  it('may compare an expression', () => {
    const queries = [anExpression('100 * failed'), aStatistic('Failed')];

    expect(alarmState(anAlarm({ queries, threshold: 200 }), [failed({ 0: 2, 1: 2 })], NOW)).toBe('ALARM');
    expect(alarmState(anAlarm({ queries, threshold: 201 }), [failed({ 0: 2, 1: 2 })], NOW)).toBe('OK');
  });

  it('that compares nothing says nothing', () => {
    expect(alarmState(anAlarm({ queries: [] }), [failed({ 0: 2 })], NOW)).toBe('INSUFFICIENT_DATA');
  });

  it('that ignores missing data stays as it was when there was some', () => {
    const ignoring = anAlarm({ treatMissingData: 'ignore', datapointsToAlarm: 1 });

    expect(alarmState(ignoring, [failed({ 60: 2 })], NOW)).toBe('ALARM');
    expect(alarmState(ignoring, [failed({ 60: 1, 70: 2 })], NOW)).toBe('OK');
    expect(alarmState(ignoring, [], NOW)).toBe('INSUFFICIENT_DATA');
  });

  it.each([
    ['GreaterThanOrEqualToThreshold', { 1: 'OK', 2: 'ALARM', 3: 'ALARM' }],
    ['GreaterThanThreshold', { 1: 'OK', 2: 'OK', 3: 'ALARM' }],
    ['LessThanThreshold', { 1: 'ALARM', 2: 'OK', 3: 'OK' }],
    ['LessThanOrEqualToThreshold', { 1: 'ALARM', 2: 'ALARM', 3: 'OK' }],
  ] as const)('with %s and 2 says %o', (comparison, states) => {
    const stateAt = (value: number) => stateFrom([value], anAlarm({ comparison, datapointsToAlarm: 1 }));

    expect({ 1: stateAt(1), 2: stateAt(2), 3: stateAt(3) }).toEqual(states);
  });

  it.each([
    ['notBreaching', 'OK', 'OK'],
    ['breaching', 'ALARM', 'ALARM'],
    ['missing', 'INSUFFICIENT_DATA', 'OK'],
    ['ignore', 'INSUFFICIENT_DATA', 'OK'],
  ] as const)(
    'that treats missing data as %s is %s without any, and %s with one breach and two missing',
    (treatMissingData, withNone, withOne) => {
      const alarm = anAlarm({ treatMissingData });

      expect(stateFrom([undefined, undefined, undefined], alarm)).toBe(withNone);
      expect(stateFrom([undefined, 5, undefined], alarm)).toBe(withOne);
    },
  );
});
