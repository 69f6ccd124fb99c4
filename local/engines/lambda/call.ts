/** One running invocation. It is settled by its result, its time limit or the end of its process, whichever comes first. */
import type { Invocation } from '../../ground/service.ts';

export interface PendingInvocation {
  settle(outcome: Invocation): void;
  /** Settles the call because the process has ended, for the given reason. */
  exit(reason: string): void;
  /** Starts the time limit again. `seconds` is the limit that Lambda would report, `realMs` the real one. */
  limit(seconds: number, realMs: number, onLimit: () => void): void;
}

/** `done` gets the outcome. `log` gets what Lambda itself says about a process without a result. */
export const startCall = (
  requestId: string,
  done: (outcome: Invocation) => void,
  log: (line: string) => void,
): PendingInvocation => {
  let timer: NodeJS.Timeout | undefined;
  const settle = (outcome: Invocation) => {
    clearTimeout(timer);
    done(outcome);
  };
  const complain = (text: string) => {
    const message = `RequestId: ${requestId} Error: ${text}`;
    log(message);
    return message;
  };
  return {
    settle,
    exit: (reason) =>
      settle({ kind: 'failed', errorType: 'Runtime.ExitError', errorMessage: complain(reason) }),
    limit: (seconds, realMs, onLimit) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        onLimit();
        settle({
          kind: 'timeout',
          errorMessage: complain(`Task timed out after ${seconds.toFixed(2)} seconds`),
        });
      }, realMs);
    },
  };
};
