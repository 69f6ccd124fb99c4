import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { createClock } from '../../../../../infra/local/clock.ts';
import { createFaultSwitches } from '../../../../../infra/local/faults/fault-switches.ts';
import { createChanges } from '../../../../../infra/local/local-api/changes.ts';
import { createLocalApi } from '../../../../../infra/local/local-api/routes.ts';
import type { Metric } from '../../../../../infra/local/metrics/metric.ts';
import { createTrail } from '../../../../../shared/trail.ts';

const METRIC: Metric = {
  namespace: 'EmailOtp',
  name: 'CodeSent',
  unit: 'Count',
  dimensions: { service: 'deliver-code' },
  points: [{ at: 60_000, count: 2, sum: 2, min: 1, max: 1, values: [{ value: 1, count: 2 }] }],
};

const ask = (method: string, path: string) =>
  createLocalApi({
    outputs: {},
    machines: [],
    executions: () => [],
    trail: createTrail(new DynamoDBClient(), 'unused'),
    faults: createFaultSwitches(),
    clock: createClock(),
    metrics: { all: () => [METRIC] },
    changes: createChanges(),
  })({ method, path, headers: {}, body: Buffer.from('') });

test('shows the metrics with their points, as they are now', async () => {
  const reply = await ask('GET', '/_local/metrics.json?now');

  expect(reply).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
  expect(JSON.parse(String(reply?.body))).toEqual([METRIC]);
});

test.each([
  ['PUT', '/_local/metrics.json'],
  ['GET', '/_local/metrics'],
])('leaves %s %s to others', async (method, path) => {
  expect(await ask(method, path)).toBeUndefined();
});
