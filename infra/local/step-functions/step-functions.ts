/** Express workflows on this machine: journalled, run asynchronously, at least once. */
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { AwsError, type Invoke, type JsonObject, type Operations } from '../service.ts';
import type { State } from '../state.ts';
import type { Execution } from './execution.ts';
import { createJournal, type Journal } from './journal.ts';
import { createMachine, type Machine, type MachineDefinition } from './machine.ts';
import { type Run, startRun } from './run.ts';
import { readArn, readStartRequest } from './start-execution.ts';
import type { CallService } from './task-resources.ts';

export interface StepFunctionsSettings {
  readonly machines: readonly MachineDefinition[];
  readonly state: State;
  readonly clock: Clock;
  readonly invoke: Invoke;
  readonly callService: CallService;
  readonly region: string;
  readonly accountId: string;
}

export interface StepFunctions {
  readonly operations: Operations;
  /** The latest executions with their histories, oldest first. */
  executions(): readonly Execution[];
  /** Runs again, from the start, what had not finished when the system was last stopped. */
  resume(): void;
  /** Resolves when no execution is in flight. */
  idle(): Promise<void>;
  /** Stops every run and leaves it in the journal, as a kill would. */
  close(): Promise<void>;
}

const describe = (machine: Machine, createdAt: number): JsonObject => ({
  stateMachineArn: machine.arn,
  name: machine.name,
  status: 'ACTIVE',
  definition: JSON.stringify(machine.definition),
  type: 'EXPRESS',
  roleArn: machine.roleArn,
  creationDate: createdAt / 1_000,
});

/** Runs journalled executions, any number at the same time, and journals what becomes of them. */
const createRunner = (journal: Journal, clock: Clock) => {
  const runs = new Set<Run>();
  const inFlight = new Set<Promise<void>>();
  let closed = false;

  const runToEnd = async (machine: Machine, journalled: Execution) => {
    await setImmediate(); // The caller of StartExecution is answered first.
    if (closed) return;
    let execution = journalled;
    const save = (change: Partial<Execution>) => {
      execution = { ...execution, ...change };
      if (!closed) journal.save(execution);
    };
    const run = startRun(machine, execution, clock, (event) =>
      save({ history: [...execution.history, event] }),
    );
    runs.add(run);
    try {
      save({ ...(await run.outcome), stoppedAt: clock.now() });
    } finally {
      runs.delete(run);
    }
  };
  return {
    start: (machine: Machine, execution: Execution) => {
      const done: Promise<void> = runToEnd(machine, execution)
        .catch((error) => process.emitWarning(`Execution ${execution.executionArn}: ${error}`))
        .finally(() => inFlight.delete(done));
      inFlight.add(done);
    },
    idle: async () => {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
    close: async () => {
      closed = true;
      for (const run of runs) run.abort();
      await Promise.all(inFlight);
    },
  };
};

export const createStepFunctions = (settings: StepFunctionsSettings): StepFunctions => {
  const { clock, invoke, callService, region, accountId } = settings;
  const createdAt = clock.now();
  const journal = createJournal(settings.state);
  const runner = createRunner(journal, clock);
  const machines = new Map(
    settings.machines.map((machine) => [machine.arn, createMachine(machine, invoke, callService)]),
  );
  const find = (arn: string) => {
    const machine = machines.get(arn);
    if (machine === undefined)
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  };

  /** A name may be used again, even at the same time: Express workflows are told apart by the last part of the ARN. */
  const startExecution = (request: JsonObject) => {
    const { stateMachineArn, name, input } = readStartRequest(request);
    const machine = find(stateMachineArn);
    const execution: Execution = {
      executionArn: `arn:aws:states:${region}:${accountId}:express:${machine.name}:${name}:${randomUUID()}`,
      stateMachineArn,
      name,
      status: 'RUNNING',
      startedAt: clock.now(),
      input,
      runs: 1,
      history: [],
    };
    journal.save(execution);
    runner.start(machine, execution);
    return { executionArn: execution.executionArn, startDate: execution.startedAt / 1_000 };
  };

  const resume = () => {
    for (const execution of journal.all().filter(({ status }) => status === 'RUNNING')) {
      const machine = machines.get(execution.stateMachineArn);
      const again: Execution = { ...execution, runs: execution.runs + 1 };
      journal.save(machine === undefined ? { ...execution, status: 'ABORTED' } : again);
      if (machine !== undefined) runner.start(machine, again);
    }
  };

  return {
    operations: {
      StartExecution: startExecution,
      DescribeStateMachine: ({ stateMachineArn }) => describe(find(readArn(stateMachineArn)), createdAt),
    },
    executions: journal.all,
    resume,
    idle: runner.idle,
    close: runner.close,
  };
};
