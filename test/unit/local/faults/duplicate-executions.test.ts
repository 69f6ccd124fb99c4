import { expect, test, vi } from 'vitest';
import { duplicateExecutions } from '../../../../local/faults/duplicate-executions.ts';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import type { Operation } from '../../../../local/ground/service.ts';

const INPUT = { stateMachineArn: 'arn', name: 'challenge-1', input: '{}' };

const aStart = () => {
  let started = 0;
  return vi.fn<Operation>(() => {
    started += 1;
    return { executionArn: `execution-${started}` };
  });
};

test('an execution is started twice with the same request, and the caller hears of the first', async () => {
  const start = aStart();

  const answer = await duplicateExecutions(start, createFaultSwitches({ duplicateExecutions: true }))(INPUT);

  expect(answer).toEqual({ executionArn: 'execution-1' });
  expect(start.mock.calls).toEqual([[INPUT], [INPUT]]);
});

test('without the fault it is started once', async () => {
  const start = aStart();

  await duplicateExecutions(start, createFaultSwitches())(INPUT);

  expect(start).toHaveBeenCalledTimes(1);
});
