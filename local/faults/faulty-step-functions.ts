/** Express workflows run at least once: now and then, one that was started once runs twice. */
import type { StepFunctions } from '../engines/step-functions/step-functions.ts';
import type { FaultSwitches } from './fault-switches.ts';

type Operations = StepFunctions['operations'];

/** The second execution has the first one's name and input; the caller hears of the first alone. */
export const disturbStepFunctions = (operations: Operations, faults: FaultSwitches): Operations => ({
  ...operations,
  StartExecution: async (input) => {
    const started = await operations.StartExecution(input);
    if (faults.current().duplicateExecutions) await operations.StartExecution(input);
    return started;
  },
});
