import { expect, test } from 'vitest';
import type { ShownEvent } from '../../../../../local/console/executions/execution.ts';
import {
  describeVisit,
  retriesOf,
  took,
  tracePath,
} from '../../../../../local/console/executions/execution-path.ts';

const event = (
  at: number,
  type: ShownEvent['type'],
  state?: string,
  more: Partial<ShownEvent> = {},
): ShownEvent => ({
  type,
  at,
  ...(state !== undefined && { state }),
  ...more,
});

const started = event(0, 'ExecutionStarted');
const entered = event(1, 'StateEntered', 'Send', { input: { delivery: 1 } });
const throttled = (at: number) =>
  event(at, 'StateFailed', 'Send', { error: 'EmailThrottled', cause: 'busy' });

test('a task that was retried shows each try, what it failed with and how long was waited', () => {
  const history = [
    started,
    entered,
    throttled(11),
    event(1_011, 'StateRetried', 'Send'),
    throttled(1_021),
    event(4_021, 'StateRetried', 'Send'),
    event(4_051, 'StateExited', 'Send', { output: { sent: true } }),
    event(4_052, 'ExecutionSucceeded'),
  ];

  const [visit, ...others] = tracePath({ history, status: 'SUCCEEDED' });

  expect(others).toEqual([]);
  expect(visit).toMatchObject({
    state: 'Send',
    outcome: 'succeeded',
    output: { sent: true },
    input: { delivery: 1 },
  });
  expect(visit?.tries).toEqual([
    { startedAt: 1, endedAt: 11, error: 'EmailThrottled', cause: 'busy', waitMs: 1_000 },
    { startedAt: 1_011, endedAt: 1_021, error: 'EmailThrottled', cause: 'busy', waitMs: 3_000 },
    { startedAt: 4_021, endedAt: 4_051 },
  ]);
  expect(visit && [retriesOf(visit), took(visit), describeVisit(visit)]).toEqual([
    2,
    '4.0 s',
    'succeeded after 2 retries',
  ]);
});

test('an error that was caught leads into the failure lane', () => {
  const history = [
    started,
    entered,
    throttled(11),
    event(11, 'StateCaught', 'Send', { next: 'LogFailure' }),
    event(12, 'StateExited', 'Send'),
    event(13, 'StateEntered', 'LogFailure'),
    event(15, 'StateExited', 'LogFailure'),
    event(16, 'StateEntered', 'NotSent'),
    event(16, 'StateFailed', 'NotSent', { error: 'EmailThrottled' }),
    event(17, 'ExecutionFailed'),
  ];

  const visits = tracePath({ history, status: 'FAILED' });

  expect(visits.map(({ state, outcome }) => `${state} ${outcome}`)).toEqual([
    'Send caught',
    'LogFailure succeeded',
    'NotSent failed',
  ]);
  expect(visits[0]).toMatchObject({
    caughtTo: 'LogFailure',
    tries: [{ endedAt: 11, error: 'EmailThrottled' }],
  });
  expect(visits[2] && describeVisit(visits[2], 'Fail')).toBe('ended the execution');
});

test('a task that waits for its next try is under way, not over', () => {
  const [visit] = tracePath({ history: [started, entered, throttled(11)], status: 'RUNNING' });

  expect(visit).toMatchObject({ outcome: 'running' });
  expect(visit && took(visit)).toBeUndefined();
});

test('a task that was under way when the time was up was stopped', () => {
  const [visit] = tracePath({
    history: [started, entered, event(99, 'ExecutionTimedOut')],
    status: 'TIMED_OUT',
  });

  expect(visit).toMatchObject({ outcome: 'stopped' });
});

test('only the latest run counts after a restart', () => {
  const again = [started, event(2, 'StateEntered', 'Send'), event(5, 'StateExited', 'Send')];

  const visits = tracePath({ history: [started, entered, throttled(3), ...again], status: 'SUCCEEDED' });

  expect(visits).toHaveLength(1);
  expect(visits[0]).toMatchObject({ enteredAt: 2, outcome: 'succeeded' });
});
