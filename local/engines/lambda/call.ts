/** One invocation under way. The first of an answer, its time limit and the end of its process settles it. */
import type { Invocation } from '../../ground/service.ts';

export interface PendingInvocation {
  settle(outcome: Invocation): void;
  /** The process is gone, for the given reason. */
  exit(reason: string): void;
  /** Starts the time limit anew; `seconds` is what Lambda would say, `realMs` what is waited. */
  limit(seconds: number, realMs: number, onLimit: () => void): void;
}

/** `done` gets the outcome; `log` what Lambda itself says about a process that did not answer. */
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
