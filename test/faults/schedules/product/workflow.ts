/** One execution of the delivery workflow: the definition that is deployed, on the interpreter that the local system has. */
import { createMachine } from '../../../../local/engines/step-functions/definition/machine.ts';
import { type Task, taskOf } from '../../../../local/engines/step-functions/definition/task-resources.ts';
import { startRun } from '../../../../local/engines/step-functions/run.ts';
import type { Invoke } from '../../../../local/ground/service.ts';
import { deliveryDefinition } from '../../../support/infra/delivery-definition.ts';
import type { Caller, Operation } from '../engine/operation.ts';

export const TABLE_NAME = 'challenges';

const DEFINITION = deliveryDefinition(TABLE_NAME);
const MACHINE = createMachine(
  {
    arn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:deliver',
    name: 'deliver',
    definition: DEFINITION,
    type: 'EXPRESS',
  },
  async () => ({ kind: 'returned', payload: {} }),
  async () => ({}),
);

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

/** How long the interpreter would wait before it tries the state again. */
const delayMs = (state: string, error: string, retry: number): number => {
  const retriers = (MACHINE.definition.States[state]?.Retry ?? []) as readonly Retrier[];
  const retrier = retriers.find(({ ErrorEquals }) => ErrorEquals.includes(error));
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY } = retrier ?? {};
  return Math.min(IntervalSeconds * BackoffRate ** (retry - 1), MaxDelaySeconds) * 1000;
};

/** A shorter delay takes no time, because no rule depends on it, and the next try may come after any call of others anyway. */
const LONG_MS = 5_000;

/** The task, which waits before each further try. The interpreter itself waits no time, because time is the scheduler's. */
const withDelays = (state: string, task: Task, { call, now, forget }: Caller): Task => {
  const failures: string[] = [];
  return async (parameters) => {
    const last = failures.at(-1);
    const delay = last === undefined ? 0 : delayMs(state, last, failures.filter((it) => it === last).length);
    if (delay >= LONG_MS) {
      const until = now() + delay;
      await call({ service: 'Clock', operation: 'wait', input: { until }, tries: 1 });
    }
    forget(JSON.stringify([state, parameters, failures.toSorted(), now()]));
    try {
      return await task(parameters);
    } catch (error) {
      failures.push((error as Error).name);
      throw error;
    }
  };
};

/** An execution. `invoke` is the function that the definition's task calls. */
export const anExecution = (name: string, input: string, invoke: (caller: Caller) => Invoke): Operation => ({
  name,
  run: async (caller) => {
    const callService = (_service: string, operation: string, parameters: object) =>
      caller.call({ service: 'DynamoDB', operation, input: parameters, tries: 1 }) as Promise<
        Record<string, unknown>
      >;
    const tasks = [...MACHINE.tasks.keys()].map((state): [string, Task] => {
      const resource = String(MACHINE.definition.States[state]?.Resource);
      const task = taskOf(resource, invoke(caller), callService);
      if (task === undefined) throw new Error(`${resource} does not run here`);
      return [state, withDelays(state, task, caller)];
    });
    const clock = { now: caller.now, realDuration: () => 0 };
    const execution = {
      executionArn: name,
      stateMachineArn: MACHINE.arn,
      name,
      status: 'RUNNING' as const,
      startedAt: caller.now(),
      input: JSON.parse(input),
      runs: 1,
      history: [],
    };
    const { outcome, abort } = startRun(
      { ...MACHINE, tasks: new Map(tasks) },
      execution,
      clock as never,
      () => {},
    );
    caller.onceOver(abort);
    return outcome;
  },
});
