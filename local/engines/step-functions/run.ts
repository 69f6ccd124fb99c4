/** Runs one execution once on the interpreter, with its tasks, its clock, its limits and its history. */
import { type RunOptions, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { Clock } from '../../ground/clock.ts';
import { createContext, type RunContext } from './context.ts';
import { finishParameters } from './definition/adapt-definition.ts';
import type { Machine } from './definition/machine.ts';
import { type Task, terminalError } from './definition/task-resources.ts';
import type { Execution, HistoryEvent, RunOutcome } from './execution.ts';
import { type InterpreterEvent, toHistoryEvent } from './history.ts';
import { inRealTime, runLimitMs } from './real-time.ts';

/** Limit for the input and for the result of a task, in bytes. */
const MAX_DATA_BYTES = 262_144;

type Json = Parameters<StateMachine['run']>[0];
type Handler = (input: Json) => Promise<Json>;

export interface Run {
  readonly outcome: Promise<RunOutcome>;
  /** Stops at once. Running tasks continue, but their results are ignored. */
  abort(): void;
}

const withinLimit = (name: string, data: unknown): unknown => {
  if (Buffer.byteLength(JSON.stringify(data ?? null)) <= MAX_DATA_BYTES) return data;
  throw terminalError(
    'States.DataLimitExceeded',
    `The data of state ${name} exceed the limit of ${MAX_DATA_BYTES} bytes`,
  );
};

/** Returns the states for the interpreter. It reads each state exactly when it enters it; no event shows that early enough. */
const statesOf = (machine: Machine, clock: Clock, context: RunContext): object => {
  const states = {};
  for (const [name, state] of Object.entries(machine.adapted.States))
    Object.defineProperty(states, name, {
      get: () => {
        context.enterState(name);
        return inRealTime(state, clock);
      },
    });
  return states;
};

const handlerOf =
  (name: string, task: Task, context: RunContext, hasEnded: () => boolean): Handler =>
  async (input) => {
    // The interpreter makes the remaining retries of a stopped run without waiting.
    if (hasEnded()) throw terminalError('States.Runtime', 'The execution has ended');
    context.beginAttempt();
    const parameters = withinLimit(name, finishParameters(input));
    return withinLimit(name, await task(parameters)) as Json;
  };

const outcomeOf = (error: unknown): RunOutcome => {
  // The interpreter wraps an uncaught error.
  const { name, message } = (error instanceof Error ? (error.cause ?? error) : {}) as Partial<Error>;
  return { status: 'FAILED', error: name ?? 'States.Runtime', cause: message ?? '' };
};

/** Calls `onEvent` with each event of the history. */
export const startRun = (
  machine: Machine,
  execution: Execution,
  clock: Clock,
  onEvent: (event: HistoryEvent) => void,
): Run => {
  const context = createContext(machine, execution, clock);
  let stopped: 'TIMED_OUT' | 'ABORTED' | undefined;

  const handlers = [...machine.tasks].map(([name, task]): [string, Handler] => {
    const handler = handlerOf(name, task, context, () => stopped !== undefined);
    return [name, handler];
  });
  // `TimeoutSeconds` is left out: only with our own limit do the handlers know at once that it has ended the run.
  const { TimeoutSeconds, ...definition } = machine.adapted;
  const interpreter = new StateMachine(
    { ...definition, States: statesOf(machine, clock, context) } as unknown as StateMachineDefinition,
    { validationOptions: { noValidate: true } },
  );
  const run = interpreter.run(execution.input as Json, {
    overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
    context: context.object as NonNullable<RunOptions['context']>,
  });
  const stop = (status: typeof stopped) => {
    stopped ??= status;
    run.abort();
  };
  const timer = setTimeout(() => stop('TIMED_OUT'), runLimitMs(clock, TimeoutSeconds));

  const listen = async () => {
    for await (const event of run.eventLogs as AsyncIterable<InterpreterEvent>)
      onEvent(toHistoryEvent(event, clock.now(), stopped));
  };
  const result = run.result.then(
    (output): RunOutcome => ({ status: 'SUCCEEDED', output }),
    (error: unknown): RunOutcome => (stopped === undefined ? outcomeOf(error) : { status: stopped }),
  );
  const outcome = Promise.all([result, listen()]).then(([ended]) => ended);
  return { outcome: outcome.finally(() => clearTimeout(timer)), abort: () => stop('ABORTED') };
};
