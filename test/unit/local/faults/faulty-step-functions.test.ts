import { expect, test, vi } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { disturbStepFunctions } from '../../../../local/faults/faulty-step-functions.ts';
import type { Operation } from '../../../../local/ground/service.ts';

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
