/** Express workflows on this machine: stored on disk, run asynchronously, at least once. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ground/clock.ts';
import {
  AwsError,
  type Invoke,
  type JsonObject,
  type Operation,
  type Operations,
} from '../../ground/service.ts';
import type { State } from '../../ground/state.ts';
import { createMachine, type Machine, type MachineDefinition } from './definition/machine.ts';
import type { CallService } from './definition/task-resources.ts';
import type { Execution } from './execution.ts';
import { createJournal } from './journal.ts';
import { createRunner } from './runner.ts';
import { readArn, readStartRequest } from './start-execution.ts';

export interface StepFunctionsSettings {
  readonly machines: readonly MachineDefinition[];
  readonly state: State;
  readonly clock: Clock;
  readonly invoke: Invoke;
  readonly callService: CallService;
  readonly region: string;
  readonly accountId: string;
  /** Called at each step of each execution, also at its start and end. */
  readonly onExecution?: (execution: Execution) => void;
}

export interface StepFunctions {
  readonly operations: Readonly<Record<'StartExecution' | 'DescribeStateMachine', Operation>>;
  /** The latest executions with their histories, oldest first. */
  executions(): readonly Execution[];
  /** Runs the executions again from their start that had not finished when the system was last stopped. */
  resume(): void;
  /** Resolves when no execution is in flight. */
  idle(): Promise<void>;
  /** Stops every run, and leaves its execution in the journal, as a kill would. */
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

export const createStepFunctions = (settings: StepFunctionsSettings): StepFunctions => {
  const { clock, invoke, callService, region, accountId } = settings;
  const createdAt = clock.now();
  const journal = createJournal(settings.state, settings.onExecution ?? (() => {}));
  const { start, idle, close } = createRunner(journal, clock);
  const machines = new Map(
    settings.machines.map((machine) => [machine.arn, createMachine(machine, invoke, callService)]),
  );
  const find = (arn: string) => {
    const machine = machines.get(arn);
    if (machine !== undefined) return machine;
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  };

  /** Several executions may have the same name, even at the same time; the last part of the ARN is unique. */
  const startExecution = (request: JsonObject) => {
    const { stateMachineArn, name, input } = readStartRequest(request);
    const machine = find(stateMachineArn);
    const executionArn = `arn:aws:states:${region}:${accountId}:express:${machine.name}:${name}:${randomUUID()}`;
    const startedAt = clock.now();
    const begun = { status: 'RUNNING', startedAt, input, runs: 1, history: [] } as const;
    const execution: Execution = { executionArn, stateMachineArn, name, ...begun };
    journal.save(execution);
    start(machine, execution);
    return { executionArn, startDate: startedAt / 1_000 };
  };

  const resume = () => {
    for (const execution of journal.all().filter(({ status }) => status === 'RUNNING')) {
      const machine = machines.get(execution.stateMachineArn);
      const again: Execution = { ...execution, runs: execution.runs + 1 };
      journal.save(machine === undefined ? { ...execution, status: 'ABORTED' } : again);
      if (machine !== undefined) start(machine, again);
    }
  };

  const operations = {
    StartExecution: startExecution,
    DescribeStateMachine: ({ stateMachineArn }) => describe(find(readArn(stateMachineArn)), createdAt),
  } satisfies Operations;
  return { operations, executions: journal.all, resume, idle, close };
};
