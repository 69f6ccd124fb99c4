/** An error as a state reports it: `name` is what `ErrorEquals` matches, `message` becomes the cause. */
export const taskError = (name: string, cause: string): Error => Object.assign(new Error(cause), { name });

/** As `taskError`, but neither `States.ALL` nor anything else retries or catches it. */
export const terminalError = (name: string, cause: string): Error =>
  Object.assign(taskError(name, cause), { isRetryable: false, isCatchable: false });
