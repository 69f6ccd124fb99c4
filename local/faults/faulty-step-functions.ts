/** Runs each execution or each of its tries twice, because Express workflows run at least once. */
import type { StepFunctions } from '../engines/step-functions/step-functions.ts';
import type { Invoke } from '../ground/service.ts';
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

/** Both calls have the same execution and the same number of retries in their input. The task waits for both, and gets the first's result. */
export const disturbTasks =
  (invoke: Invoke, faults: FaultSwitches): Invoke =>
  async (functionArn, event) => {
    const first = invoke(functionArn, event);
    if (faults.current().repeatedTries) await Promise.allSettled([first, invoke(functionArn, event)]);
    return first;
  };
