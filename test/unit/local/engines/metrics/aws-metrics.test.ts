import { expect, test } from 'vitest';
import { createAwsMetrics } from '../../../../../local/engines/metrics/aws-metrics.ts';
import type { Datum } from '../../../../../local/engines/metrics/metric.ts';
import { createStepFunctions } from '../../../../../local/engines/step-functions/step-functions.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import type { Invocation, JsonObject } from '../../../../../local/ground/service.ts';
import { openState } from '../../../../../local/ground/state.ts';
import { aStateFolder, FUNCTION_ARN, MACHINE_ARN } from '../step-functions/step-functions-system.ts';

const counting = () => {
  const data: Datum[] = [];
  const metrics = createAwsMetrics((datum) => data.push(datum), createClock());
  return { ...metrics, data, counts: () => data.map(({ name, values }) => `${name} ${values.join()}`) };
};

/** Step Functions with one machine of one task. All executions are counted. */
const anEngine = (
  answer: () => Promise<Invocation>,
  { folder = aStateFolder(), ...rest }: JsonObject = {},
) => {
  const { countExecution, data } = counting();
  const Send = { Type: 'Task', Resource: FUNCTION_ARN, End: true };
  const definition = { StartAt: 'Send', States: { Send }, ...rest };
  const state = openState(String(folder));
  const engine = createStepFunctions({
    machines: [{ arn: MACHINE_ARN, name: 'deliver', definition, type: 'EXPRESS' }],
    state,
    clock: createClock(),
    invoke: answer,
    callService: () => Promise.reject(new Error('no services')),
    region: 'eu-west-1',
    accountId: '111122223333',
    onExecution: countExecution,
  });
  const start = () => engine.operations.StartExecution({ stateMachineArn: MACHINE_ARN });
  const counts = () => data.filter(({ unit }) => unit === 'Count').map(({ name }) => name);
  return { ...engine, state, data, counts, start };
};

test.each([
  ['ExecutionsSucceeded', { kind: 'returned', payload: 1 }],
  ['ExecutionsFailed', { kind: 'failed', errorType: 'Busy', errorMessage: 'no' }],
] as const)('an execution is counted when it starts and when it ends: %s', async (end, invocation) => {
  const engine = anEngine(async () => invocation);

  await engine.start();
  expect(engine.counts()).toEqual(['ExecutionsStarted']);
  await engine.idle();

  expect(engine.counts()).toEqual(['ExecutionsStarted', end]);
  const time = engine.data.at(-1);
  expect(time).toMatchObject({ namespace: 'AWS/States', name: 'ExecutionTime', unit: 'Milliseconds' });
  expect(time?.values[0]).toBeGreaterThanOrEqual(0);
  expect(engine.data.map(({ dimensions }) => dimensions)).toEqual(
    Array(3).fill({ StateMachineArn: MACHINE_ARN }),
  );
});

test('an execution that takes too long is counted as timed out, with its time', async () => {
  const engine = anEngine(() => new Promise(() => {}), { TimeoutSeconds: 1 });

  await engine.start();
  await engine.idle();

  expect(engine.counts()).toEqual(['ExecutionsStarted', 'ExecutionsTimedOut']);
  expect(engine.data.at(-1)?.values[0]).toBeGreaterThan(900);
});

test('an execution that goes on after a restart is not counted as another', async () => {
  const folder = aStateFolder();
  const killed = anEngine(() => new Promise(() => {}), { folder });
  await killed.start();
  await killed.close();
  killed.state.close();

  const engine = anEngine(async () => ({ kind: 'returned', payload: 1 }), { folder });
  engine.resume();
  await engine.idle();

  expect(killed.counts()).toEqual(['ExecutionsStarted']);
  expect(engine.counts()).toEqual(['ExecutionsSucceeded']);
});

test.each([
  [{ kind: 'returned', payload: 1 }, 0],
  [{ kind: 'failed', errorType: 'Busy', errorMessage: 'no' }, 1],
  [{ kind: 'timeout', errorMessage: 'no' }, 1],
] as const)('an invocation is counted with its time and whether it failed: %o', (invocation, errors) => {
  const { countInvocation, data, counts } = counting();

  countInvocation('DeliverCode', invocation, 12.4);

  expect(counts()).toEqual(['Invocations 1', `Errors ${errors}`, 'Duration 12']);
  for (const { namespace, dimensions } of data) {
    expect([namespace, dimensions]).toEqual(['AWS/Lambda', { FunctionName: 'DeliverCode' }]);
  }
});
