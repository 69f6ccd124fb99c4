/** Express workflows run at least once: now and then, one that was started once runs twice. */
import type { Operation } from '../ground/service.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** The second has the first one's name and input; the caller hears of the first alone. */
export const duplicateExecutions =
  (startExecution: Operation, switches: FaultSwitches): Operation =>
  async (input) => {
    const started = await startExecution(input);
    if (switches.current().duplicateExecutions) await startExecution(input);
    return started;
  };
