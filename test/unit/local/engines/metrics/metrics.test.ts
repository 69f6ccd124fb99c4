import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Datum } from '../../../../../local/engines/metrics/metric.ts';
import { createMetrics } from '../../../../../local/engines/metrics/metrics.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import { openState } from '../../../../../local/ground/state.ts';

const DAY_MS = 86_400_000;

const someMetrics = (folder = mkdtempSync(join(tmpdir(), 'metrics-'))) => {
  const state = openState(folder);
  const clock = createClock();
  const closing = new AbortController();
  const onChange = vi.fn();
  const onProblem = vi.fn();
  const metrics = createMetrics({ state, clock, onChange, onProblem, closing: closing.signal });
  const close = () => {
    closing.abort();
    state.close();
  };
  return { ...metrics, folder, clock, onChange, onProblem, close, [Symbol.dispose]: () => state.close() };
};

/** The start of the current minute. */
const MINUTE = Math.floor(Date.now() / 60_000) * 60_000;

const aDatum = (changes: Partial<Datum> = {}): Datum => ({
  namespace: 'EmailOtp',
  name: 'CodeSent',
  unit: 'Count',
  dimensions: { service: 'deliver-code' },
  at: MINUTE,
  values: [1],
  ...changes,
});

const aLine = (changes: object = {}) =>
  JSON.stringify({
    _aws: {
      Timestamp: MINUTE,
      CloudWatchMetrics: [
        { Namespace: 'EmailOtp', Dimensions: [['service']], Metrics: [{ Name: 'CodeSent', Unit: 'Count' }] },
      ],
    },
    service: 'deliver-code',
    CodeSent: 1,
    ...changes,
  });

describe('metrics', () => {
  test('of one kind are one metric, with a point for each minute, oldest first', () => {
    using metrics = someMetrics();

    metrics.record(aDatum({ at: MINUTE + 60_000, values: [7] }));
    metrics.record(aDatum({ at: MINUTE + 1, values: [2, 3] }));
    metrics.record(aDatum({ at: MINUTE + 59_999, values: [3] }));

    expect(metrics.all()).toEqual([
      {
        namespace: 'EmailOtp',
        name: 'CodeSent',
        unit: 'Count',
        dimensions: { service: 'deliver-code' },
        points: [
          {
            at: MINUTE,
            count: 3,
            sum: 8,
            min: 2,
            max: 3,
            values: [
              { value: 2, count: 1 },
              { value: 3, count: 2 },
            ],
          },
          { at: MINUTE + 60_000, count: 1, sum: 7, min: 7, max: 7, values: [{ value: 7, count: 1 }] },
        ],
      },
    ]);
  });

  test.each([
    ['namespace', { namespace: 'AWS/Lambda' }],
    ['name', { name: 'CodeLost' }],
    ['unit', { unit: 'None' }],
    ['value of a dimension', { dimensions: { service: 'other' } }],
    ['set of dimensions', { dimensions: { service: 'deliver-code', reason: 'x' } }],
  ])('of another %s are another metric', (_, changes) => {
    using metrics = someMetrics();

    metrics.record(aDatum());
    metrics.record(aDatum(changes));

    expect(metrics.all()).toHaveLength(2);
  });

  test('are distinguished by their dimensions, whatever the order of these', () => {
    using metrics = someMetrics();

    metrics.record(aDatum({ dimensions: { a: '1', b: '2' } }));
    metrics.record(aDatum({ dimensions: { b: '2', a: '1' } }));

    expect(metrics.all()).toHaveLength(1);
    expect(metrics.sumOf({ name: 'CodeSent', dimensions: { b: '2', a: '1' } })).toBe(2);
  });

  test('are summed over all minutes, by what is asked for', () => {
    using metrics = someMetrics();
    const reasoned = { service: 'deliver-code', reason: 'EmailThrottled' };
    metrics.record(aDatum({ values: [1, 2] }));
    metrics.record(aDatum({ at: MINUTE + 60_000, values: [4] }));
    metrics.record(aDatum({ dimensions: reasoned, values: [8] }));
    metrics.record(aDatum({ namespace: 'Other', values: [16] }));

    const sums = [
      { name: 'CodeSent' },
      { name: 'CodeSent', namespace: 'EmailOtp' },
      { name: 'CodeSent', namespace: 'EmailOtp', dimensions: { service: 'deliver-code' } },
      { name: 'CodeSent', dimensions: reasoned },
      { name: 'CodeLost' },
    ].map(metrics.sumOf);

    expect(sums).toEqual([31, 15, 7, 8, 0]);
  });

  test('are there again after a restart, and go on', () => {
    const first = someMetrics();
    first.record(aDatum());
    first.close();

    using second = someMetrics(first.folder);
    second.record(aDatum());

    expect(second.all().map(({ points }) => points.map(({ sum }) => sum))).toEqual([[2]]);
  });

  test('are forgotten after the 15 days that CloudWatch keeps them for', () => {
    using metrics = someMetrics();
    metrics.record(aDatum({ name: 'Old' }));
    metrics.record(aDatum({ name: 'Newer', at: MINUTE + 2 * DAY_MS }));

    metrics.clock.adjust({ offsetMs: 16 * DAY_MS });
    metrics.record(aDatum({ name: 'Now', at: MINUTE + 16 * DAY_MS }));

    expect(metrics.all().map(({ name }) => name)).toEqual(['Newer', 'Now']);
  });

  test('announce each change', () => {
    using metrics = someMetrics();

    metrics.record(aDatum());
    metrics.record(aDatum({ values: [] }));

    expect(metrics.onChange).toHaveBeenCalledOnce();
  });

  test('that come when the system has stopped are ignored', () => {
    const metrics = someMetrics();
    metrics.close();

    metrics.record(aDatum());
    metrics.recordLine('deliver-code', aLine());

    expect(metrics.onChange).not.toHaveBeenCalled();
  });
});

describe('lines of a log', () => {
  test('are looked through for metrics', () => {
    using metrics = someMetrics();

    for (const line of ['started', aLine(), '{"level":"INFO"}', aLine({ CodeSent: [1, 1] })]) {
      metrics.recordLine('DeliverCode', line);
    }

    expect(metrics.sumOf({ name: 'CodeSent', dimensions: { service: 'deliver-code' } })).toBe(3);
    expect(metrics.onProblem).not.toHaveBeenCalled();
  });

  test('that are malformed are complained of once for each function, without their values', () => {
    using metrics = someMetrics();

    for (const name of ['DeliverCode', 'DeliverCode', 'Verify']) {
      metrics.recordLine(name, aLine({ CodeSent: 'alice@example.com' }));
    }

    expect(metrics.all()).toEqual([]);
    expect(metrics.onProblem.mock.calls).toEqual([
      ['Metrics of DeliverCode are ignored: The metric CodeSent must be a number or numbers'],
      ['Metrics of Verify are ignored: The metric CodeSent must be a number or numbers'],
    ]);
  });
});
