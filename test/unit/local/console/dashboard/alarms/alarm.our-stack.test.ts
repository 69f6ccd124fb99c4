import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alarmState } from '../../../../../../local/console/dashboard/alarms/alarm.ts';
import type { ShownMetric } from '../../../../../../local/console/dashboard/metrics/metric.ts';
import { dashboardOf } from '../../../../../../local/engines/metrics/dashboard.ts';
import { loadTemplate } from '../../../../../../local/ground/template.ts';
import { stackTemplate } from '../../../../../support/infra/templates.ts';
import { aMetric, aPoint, MINUTE_MS } from '../metrics/a-metric.ts';

const loadAlarms = () => {
  const folder = mkdtempSync(join(tmpdir(), 'alarms-'));
  writeFileSync(join(folder, 'EmailOtp.template.json'), JSON.stringify(stackTemplate()));
  return dashboardOf(loadTemplate(folder, 'EmailOtp', 'http://127.0.0.1:4566'))?.alarms ?? [];
};

const ALARMS = loadAlarms();
const NOTHING_RUNS_YET = Date.UTC(2025, 0, 15, 12, 3, 20);

describe('on a new stack', () => {
  it('no alarm is on before anything was measured', () => {
    const on = ALARMS.filter((alarm) => alarmState(alarm, [], NOTHING_RUNS_YET) === 'ALARM');

    expect(ALARMS.length).toBeGreaterThan(20);
    expect(on.map(({ name }) => name)).toEqual([]);
  });
});

describe('the alarm sweep-not-running', () => {
  const alarm =
    ALARMS.find(({ name }) => name.endsWith('sweep-not-running')) ?? expect.unreachable('There is none');

  const FIRST_RUN = Date.UTC(2025, 0, 15, 12, 4);
  const minute = (n: number) => FIRST_RUN + n * MINUTE_MS;

  /** A metric of the sweep's function: how often in each minute, from the first run on. */
  const measured = (metricName: string, counts: readonly (number | undefined)[]): ShownMetric => {
    const { source } = alarm.queries.find(
      (query) => query.source.kind === 'statistic' && query.source.name === metricName,
    ) ?? { source: expect.unreachable(`The alarm does not look at ${metricName}`) };
    if (source.kind !== 'statistic') throw new Error('Unreachable');
    const points = counts.flatMap((count, n) => (count === undefined ? [] : [aPoint(minute(n), count)]));
    return { ...aMetric(metricName, points, source.dimensions), namespace: source.namespace };
  };

  /** The states from the first run on, minute by minute, each once as long as it lasts. */
  const states = (minutes: number, ...metrics: readonly ShownMetric[]) =>
    Array.from({ length: minutes }, (_, n) => {
      const untilThen = metrics.map(({ points, ...metric }) => ({
        ...metric,
        points: points.filter(({ at }) => at <= minute(n)),
      }));
      return alarmState(alarm, untilThen, minute(n) + 30_000);
    }).filter((state, n, all) => state !== all[n - 1]);

  const runs = (count: number) => Array.from({ length: count }, () => 1);

  it('is off from the first run on', () => {
    expect(states(60, measured('Invocations', runs(60)))).toEqual(['OK']);
  });

  it('goes on when the sweep stops, and stays on until it runs again', () => {
    const stopped = Array.from({ length: 180 }, () => undefined);
    const invocations = measured('Invocations', [...runs(30), ...stopped, ...runs(30)]);

    expect(states(240, invocations)).toEqual(['OK', 'ALARM', 'OK']);
    expect(states(45, invocations)).toEqual(['OK', 'ALARM']);
  });

  it('goes on soon after the very first run if that was the only one', () => {
    expect(states(60, measured('Invocations', [1]))).toEqual(['OK', 'ALARM']);
  });

  it('goes on when each run fails, from the first one on too', () => {
    const failing = [measured('Invocations', runs(60)), measured('Errors', runs(60))];

    expect(states(60, ...failing)).toEqual(['OK', 'ALARM']);
  });

  it('stays off over a single gap of five minutes', () => {
    const gap = Array.from({ length: 5 }, () => undefined);

    expect(states(90, measured('Invocations', [...runs(30), ...gap, ...runs(55)]))).toEqual(['OK']);
  });
});
