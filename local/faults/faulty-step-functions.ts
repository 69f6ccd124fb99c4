/** Runs each execution twice, because Express workflows run at least once. */
import type { StepFunctions } from '../engines/step-functions/step-functions.ts';
import type { FaultSwitches } from './fault-switches.ts';

type Operations = StepFunctions['operations'];

/** The second execution has the first one's name and input; the caller gets only the result of the first. */
export const disturbStepFunctions = (operations: Operations, faults: FaultSwitches): Operations => ({
  ...operations,
  StartExecution: async (input) => {
    const started = await operations.StartExecution(input);
    if (faults.current().duplicateExecutions) await operations.StartExecution(input);
    return started;
  },
});
