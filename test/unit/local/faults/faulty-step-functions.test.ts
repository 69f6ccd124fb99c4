import { describe, expect, test, vi } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { disturbStepFunctions, disturbTasks } from '../../../../local/faults/faulty-step-functions.ts';
import type { Invoke, Operation } from '../../../../local/ground/service.ts';

const INPUT = { stateMachineArn: 'arn', name: 'challenge-1', input: '{}' };

const someOperations = () => {
  let started = 0;
  return {
    StartExecution: vi.fn<Operation>(() => {
      started += 1;
      return { executionArn: `execution-${started}` };
    }),
    DescribeStateMachine: vi.fn<Operation>(() => ({ name: 'Delivery' })),
  };
};

test('an execution is started twice with the same request, and the caller hears of the first', async () => {
  const operations = someOperations();
  const faults = createFaultSwitches({ duplicateExecutions: true });

  const answer = await disturbStepFunctions(operations, faults).StartExecution(INPUT);

  expect(answer).toEqual({ executionArn: 'execution-1' });
  expect(operations.StartExecution.mock.calls).toEqual([[INPUT], [INPUT]]);
});

test('without the fault it is started once', async () => {
  const operations = someOperations();

  await disturbStepFunctions(operations, createFaultSwitches()).StartExecution(INPUT);

  expect(operations.StartExecution).toHaveBeenCalledTimes(1);
});

test('every other operation stays as it is', async () => {
  const operations = someOperations();
  const faults = createFaultSwitches({ duplicateExecutions: true });

  expect(await disturbStepFunctions(operations, faults).DescribeStateMachine({})).toEqual({
    name: 'Delivery',
  });
  expect(operations.DescribeStateMachine).toHaveBeenCalledTimes(1);
});

describe('a task of the workflow', () => {
  const EVENT = { execution: 'challenge-1', retries: 0 };

  const someFunction = () => {
    let calls = 0;
    return vi.fn<Invoke>(async () => {
      calls += 1;
      return { kind: 'returned', payload: calls };
    });
  };

  test('calls its function twice with the same input, and hears of the first call', async () => {
    const invoke = someFunction();
    const faults = createFaultSwitches({ repeatedTries: true });

    const outcome = await disturbTasks(invoke, faults)('arn', EVENT);

    expect(outcome).toEqual({ kind: 'returned', payload: 1 });
    expect(invoke.mock.calls).toEqual([
      ['arn', EVENT],
      ['arn', EVENT],
    ]);
  });

  test('calls it a second time before the first call has ended', async () => {
    const invoke = vi.fn<Invoke>(() => new Promise(() => {}));

    void disturbTasks(invoke, createFaultSwitches({ repeatedTries: true }))('arn', EVENT);

    expect(invoke).toHaveBeenCalledTimes(2);
  });

  test('hears of a first call that fails', async () => {
    const invoke = someFunction().mockRejectedValueOnce(new Error('no such function'));

    const outcome = disturbTasks(invoke, createFaultSwitches({ repeatedTries: true }))('arn', EVENT);

    await expect(outcome).rejects.toThrow('no such function');
  });

  test('calls it once without the fault', async () => {
    const invoke = someFunction();

    await disturbTasks(invoke, createFaultSwitches())('arn', EVENT);

    expect(invoke).toHaveBeenCalledTimes(1);
  });
});
