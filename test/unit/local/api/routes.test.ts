import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { createChanges } from '../../../../local/api/changes.ts';
import { createLocalApi } from '../../../../local/api/routes.ts';
import type { Dashboard } from '../../../../local/engines/metrics/dashboard.ts';
import type { Metric } from '../../../../local/engines/metrics/metric.ts';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { createClock } from '../../../../local/ground/clock.ts';
import { createTrail } from '../../../../shared/table/trail.ts';

const METRIC: Metric = {
  namespace: 'EmailOtp',
  name: 'CodeSent',
  unit: 'Count',
  dimensions: { service: 'deliver-code' },
  points: [{ at: 60_000, count: 2, sum: 2, min: 1, max: 1, values: [{ value: 1, count: 2 }] }],
};

const DASHBOARD: Dashboard = {
  name: 'Delivery',
  body: { widgets: [] },
  alarms: [],
};

const ask = (method: string, path: string, dashboard?: Dashboard) =>
  createLocalApi({
    outputs: {},
    machines: [],
    executions: () => [],
    trail: createTrail(new DynamoDBClient(), 'unused'),
    faults: createFaultSwitches(),
    clock: createClock(),
    metrics: { all: () => [METRIC] },
    dashboard,
    changes: createChanges(),
  })({ method, path, headers: {}, body: Buffer.from('') });

test('shows the metrics with their points, as they are now', async () => {
  const reply = await ask('GET', '/_local/metrics.json?now');

  expect(reply).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
  expect(JSON.parse(String(reply?.body))).toEqual([METRIC]);
});

test('leaves out the points before the time that is asked for, and metrics that have no others', async () => {
  const since = async (ms: string) => {
    const reply = await ask('GET', `/_local/metrics.json?since=${ms}`);
    return JSON.parse(String(reply?.body));
  };

  expect(await since('60000')).toEqual([METRIC]);
  expect(await since('60001')).toEqual([]);
  expect(() => ask('GET', '/_local/metrics.json?since=yesterday')).toThrow('since: epoch milliseconds');
});

test('shows the template’s dashboard and alarms, or says that there are none', async () => {
  const reply = await ask('GET', '/_local/dashboard.json', DASHBOARD);

  expect(JSON.parse(String(reply?.body))).toEqual(DASHBOARD);
  expect(() => ask('GET', '/_local/dashboard.json')).toThrow('no dashboard');
});

test.each([
  ['PUT', '/_local/metrics.json'],
  ['GET', '/_local/metrics'],
])('leaves %s %s to others', async (method, path) => {
  expect(await ask(method, path)).toBeUndefined();
});
