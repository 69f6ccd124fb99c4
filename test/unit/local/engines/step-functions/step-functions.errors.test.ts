import { describe, expect, test } from 'vitest';
import type { Invocation } from '../../../../../local/ground/service.ts';
import { aSystem, calling, failed, returned } from './step-functions-system.ts';

const LOG_AND_FAIL = {
  Log: { Type: 'Pass', ResultPath: null, Next: 'Stop' },
  Stop: { Type: 'Fail', ErrorPath: '$.failure.Error', Cause: 'not sent' },
};
const catching = (name: string) =>
  calling(
    { Catch: [{ ErrorEquals: [name], ResultPath: '$.failure', Next: 'Log' }], Next: 'Stop' },
    LOG_AND_FAIL,
  );
/** Fails the first `times` calls. */
const failingFirst = (times: number, errorType: string) => (_: unknown, call: number) =>
  call <= times ? failed(errorType) : returned({ call });

test('retries an error by its literal name, and no other', async () => {
  const definition = calling({
    Retry: [{ ErrorEquals: ['LeaseHeld'], IntervalSeconds: 0.01, MaxAttempts: 5, JitterStrategy: 'NONE' }],
  });
  const held = aSystem(definition, { answer: failingFirst(2, 'LeaseHeld') });
  const other = aSystem(definition, { answer: failingFirst(2, 'LeaseHeldElsewhere') });
  held.clock.adjust({ rate: 100 });

  const succeeded = await held.run();
  const refused = await other.run();

  expect(succeeded).toMatchObject({ status: 'SUCCEEDED', output: { call: 3 } });
  expect(succeeded.history.filter(({ type }) => type === 'StateRetried')).toMatchObject([
    { state: 'Send', retry: 1 },
    { state: 'Send', retry: 2 },
  ]);
  expect(refused).toMatchObject({ status: 'FAILED', error: 'LeaseHeldElsewhere' });
});

test('counts the attempts of each retrier apart', async () => {
  const errors = ['A', 'B', 'A', 'B', 'A'];
  const system = aSystem(
    calling({
      Retry: ['A', 'B'].map((name) => ({ ErrorEquals: [name], IntervalSeconds: 1, MaxAttempts: 2 })),
    }),
    { answer: (_, call) => failed(errors[call - 1] ?? 'none') },
  );
  system.clock.adjust({ rate: 1_000 });

  const execution = await system.run();

  expect(execution).toMatchObject({ status: 'FAILED', error: 'A' });
  expect(system.events).toHaveLength(5);
});

test('leads a caught error through its log to the failure that names it', async () => {
  const system = aSystem(catching('States.ALL'), { answer: () => failed('MailRefused', 'bad address') });

  const execution = await system.run({ id: 1 });

  expect(execution).toMatchObject({ status: 'FAILED', error: 'MailRefused', cause: 'not sent' });
  const cause = JSON.stringify({ errorType: 'MailRefused', errorMessage: 'bad address' });
  expect(execution.history).toMatchObject([
    { type: 'ExecutionStarted' },
    { type: 'StateEntered', state: 'Send' },
    { type: 'StateFailed', state: 'Send', error: 'MailRefused', cause },
    { type: 'StateCaught', state: 'Send', next: 'Log' },
    { type: 'StateExited', state: 'Send' },
    { type: 'StateEntered', state: 'Log', input: { id: 1, failure: { Error: 'MailRefused', Cause: cause } } },
    { type: 'StateExited', state: 'Log' },
    { type: 'StateEntered', state: 'Stop' },
    { type: 'StateFailed', state: 'Stop', error: 'MailRefused' },
    { type: 'ExecutionFailed', error: 'MailRefused', cause: 'not sent' },
  ]);
});

describe('an error name', () => {
  const timeout: Invocation = { kind: 'timeout', errorMessage: 'Task timed out after 4.00 seconds' };

  test.each([
    ['States.TaskFailed', failed('Any'), 'Any'],
    ['States.ALL', failed('Any'), 'Any'],
    ['Sandbox.Timedout', timeout, 'Sandbox.Timedout'],
    ['States.TaskFailed', timeout, 'Sandbox.Timedout'],
  ])('%s matches what it should', async (name, answer, error) => {
    const system = aSystem(catching(name), { answer: () => answer });

    const execution = await system.run();

    expect(execution).toMatchObject({ status: 'FAILED', error, cause: 'not sent' });
  });

  test('States.ALL lets a runtime error and too much data pass', async () => {
    const runtime = aSystem({
      ...catching('States.ALL'),
      ...calling(
        {
          Parameters: { 'missing.$': '$.missing' },
          Retry: [{ ErrorEquals: ['States.ALL'] }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Log' }],
          Next: 'Stop',
        },
        LOG_AND_FAIL,
      ),
    });
    const data = aSystem(catching('States.ALL'), { answer: () => returned('x'.repeat(262_144)) });

    const outcomes = [await runtime.run(), await data.run()];

    expect(outcomes).toMatchObject([
      { status: 'FAILED', error: 'States.Runtime' },
      { status: 'FAILED', error: 'States.DataLimitExceeded' },
    ]);
    expect(runtime.events).toEqual([]);
  });

  test('States.TaskFailed lets a task that timed out pass; States.Timeout and States.ALL do not', async () => {
    const errors = await Promise.all(
      ['States.TaskFailed', 'States.Timeout', 'States.ALL'].map(async (name) => {
        const definition = catching(name);
        const states = definition.States as Record<string, object>;
        const system = aSystem(
          { ...definition, States: { ...states, Send: { ...states.Send, TimeoutSeconds: 1 } } },
          { answer: () => new Promise(() => {}) },
        );
        const { error, cause } = await system.run();
        return [name, error, cause];
      }),
    );

    expect(errors).toEqual([
      ['States.TaskFailed', 'States.Timeout', 'States.Timeout'],
      ['States.Timeout', 'States.Timeout', 'not sent'],
      ['States.ALL', 'States.Timeout', 'not sent'],
    ]);
  });
});
