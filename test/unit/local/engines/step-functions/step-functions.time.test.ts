import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inRealTime, runLimitMs } from '../../../../../local/engines/step-functions/real-time.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import { aSystem, calling, failed, returned } from './step-functions-system.ts';

const retrying = (retrier: object) => calling({ Retry: [{ ErrorEquals: ['Busy'], ...retrier }] });

/** An engine on a clock of this rate, whose function is always busy. */
const busy = (definition: ReturnType<typeof calling>, rate: number) => {
  const system = aSystem(definition, { answer: () => failed('Busy') });
  system.clock.adjust({ rate });
  return system;
};

test('waits between attempts in shown time, with backoff up to the longest delay', async () => {
  const system = busy(
    retrying({ IntervalSeconds: 10, BackoffRate: 2, MaxDelaySeconds: 25, MaxAttempts: 4 }),
    100,
  );

  await system.run();

  const pauses = system.pauses();
  expect(pauses).toHaveLength(4);
  for (const [index, expected] of [100, 200, 250, 250].entries()) {
    expect(pauses[index]).toBeGreaterThanOrEqual(expected - 2);
    expect(pauses[index]).toBeLessThan(expected + 300);
  }
});

test('scales the default interval of a retrier too', async () => {
  const system = busy(retrying({ MaxAttempts: 2 }), 1_000);

  const started = performance.now();
  await system.run();

  expect(performance.now() - started).toBeLessThan(2_000);
});

test('draws a fully jittered pause anywhere up to its cap', async () => {
  const system = busy(
    retrying({
      IntervalSeconds: 100,
      BackoffRate: 2,
      MaxDelaySeconds: 100,
      MaxAttempts: 12,
      JitterStrategy: 'FULL',
    }),
    1_000,
  );

  await system.run();

  const pauses = system.pauses();
  expect(Math.max(...pauses)).toBeLessThan(1_000);
  expect(Math.min(...pauses)).toBeLessThan(80);
  expect(new Set(pauses.map(Math.round)).size).toBeGreaterThan(3);
});

test('waits in a Wait state in shown time', async () => {
  const system = aSystem({
    StartAt: 'Pause',
    States: { Pause: { Type: 'Wait', Seconds: 100, End: true } },
  });
  system.clock.adjust({ rate: 1_000 });

  const started = performance.now();
  const { status } = await system.run();

  expect(status).toBe('SUCCEEDED');
  expect(performance.now() - started).toBeGreaterThanOrEqual(98);
  expect(performance.now() - started).toBeLessThan(600);
});

test('ends a machine that runs too long, and starts none of its attempts after that', async () => {
  const system = aSystem(
    {
      ...calling(
        {
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5, BackoffRate: 1, MaxAttempts: 9 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
        },
        { Caught: { Type: 'Succeed' } },
      ),
      TimeoutSeconds: 1,
    },
    { answer: () => failed('Busy') },
  );

  const execution = await system.run();
  await new Promise((resolve) => setTimeout(resolve, 100));

  expect(execution.status).toBe('TIMED_OUT');
  expect(execution).not.toHaveProperty('error');
  expect(execution.history.at(-1)).toMatchObject({ type: 'ExecutionTimedOut' });
  expect(system.events).toHaveLength(1);
});

test('leaves tasks their real time on a fast clock', async () => {
  const system = aSystem(
    { ...calling({ TimeoutSeconds: 5 }), TimeoutSeconds: 10 },
    {
      answer: async () => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return returned('done');
      },
    },
  );
  system.clock.adjust({ rate: 3_600 });

  expect(await system.run()).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
});

test('never gives a task or a run less than the smaller of its limit and the least', () => {
  const positive = fc.double({ min: 0.01, max: 10_000, noNaN: true });
  fc.assert(
    fc.property(positive, positive, (seconds, rate) => {
      const clock = createClock();
      clock.adjust({ rate });

      const task = Number(inRealTime({ Type: 'Task', TimeoutSeconds: seconds }, clock).TimeoutSeconds);
      const run = runLimitMs(clock, seconds) / 1_000;

      expect(task).toBeCloseTo(Math.max(seconds / rate, Math.min(seconds, 3)), 6);
      const limit = Math.min(seconds, 300);
      expect(run).toBeCloseTo(Math.max(limit / rate, Math.min(limit, 10)), 6);
    }),
  );
});
