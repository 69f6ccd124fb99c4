/** Runs stored executions, any number at the same time, and stores their events and outcomes. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../ground/clock.ts';
import type { Machine } from './definition/machine.ts';
import type { Execution } from './execution.ts';
import type { Journal } from './journal.ts';
import { type Run, startRun } from './run.ts';

export interface Runner {
  /** Starts one run of the execution, and returns at once. */
  start(machine: Machine, execution: Execution): void;
  /** Resolves when no execution runs. */
  idle(): Promise<void>;
  /** Stops every run, and leaves the journal unchanged. */
  close(): Promise<void>;
}

export const createRunner = (journal: Journal, clock: Clock): Runner => {
  const runs = new Set<Run>();
  const inFlight = new Set<Promise<void>>();
  let closed = false;

  const runToEnd = async (machine: Machine, journalled: Execution) => {
    await setImmediate(); // StartExecution returns first.
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
