/** One execution environment of one function: initialized at its first invocation, then reused, one invocation at a time. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Invocation } from '../service.ts';
import type { LocalFunction } from './local-function.ts';
import type { Report } from './messages.ts';
import { startProcess } from './sandbox-process.ts';

/** Lambda gives the init phase 10 seconds, apart from the function's own limit. */
const INIT_LIMIT_SECONDS = 10;
/** A fast clock shortens waiting, not work: honest work takes real time, so it always has this much. */
const MIN_LIMIT_MS = 1_000;

export interface Sandbox {
  /** `event` is JSON text. Never rejects. */
  invoke(event: string): Promise<Invocation>;
  alive(): boolean;
  /** Resolves when the process is gone. */
  kill(): Promise<unknown>;
}

/** `log` takes one line of what the function, or Lambda about it, has to say. */
export const startSandbox = (
  fn: LocalFunction,
  environment: Record<string, string>,
  clock: Clock,
  log: (line: string) => void,
): Sandbox => {
  let alive = true;
  let initialized = false;
  let timer: NodeJS.Timeout | undefined;
  let pending: { readonly requestId: string; readonly settle: (outcome: Invocation) => void } | undefined;

  const settle = (outcome: Invocation) => {
    clearTimeout(timer);
    pending?.settle(outcome);
    pending = undefined;
  };
  /** What Lambda itself says when a process does not answer; it stands in the log too. */
  const complain = (text: string) => {
    const message = `RequestId: ${pending?.requestId} Error: ${text}`;
    if (pending !== undefined) log(message);
    return message;
  };

  const onReport = (report: Report) => {
    if (report.kind === 'initialized') {
      initialized = true;
      startLimit();
    } else if (report.kind === 'returned') {
      settle({ kind: 'returned', payload: JSON.parse(report.payload) });
    } else {
      if (report.fatal) alive = false;
      settle({ kind: 'failed', errorType: report.errorType, errorMessage: report.errorMessage });
    }
  };
  const child = startProcess(fn, environment, onReport, log);
  const exited = child.exited.then((reason) => {
    alive = false;
    settle({ kind: 'failed', errorType: 'Runtime.ExitError', errorMessage: complain(reason) });
  });
  const kill = () => {
    alive = false;
    child.kill();
    return exited;
  };

  const limitMs = () => Math.max(MIN_LIMIT_MS, clock.realDuration(fn.timeoutSeconds * 1_000));
  const startLimit = () => {
    const seconds = initialized ? fn.timeoutSeconds : INIT_LIMIT_SECONDS;
    const onLimit = () => {
      settle({
        kind: 'timeout',
        errorMessage: complain(`Task timed out after ${seconds.toFixed(2)} seconds`),
      });
      void kill();
    };
    clearTimeout(timer);
    timer = setTimeout(onLimit, initialized ? limitMs() : INIT_LIMIT_SECONDS * 1_000);
  };

  const invoke = (event: string) =>
    new Promise<Invocation>((settled) => {
      const requestId = randomUUID();
      pending = { requestId, settle: settled };
      startLimit();
      child.send({ requestId, functionArn: fn.arn, event, clock: clock.settings(), limitMs: limitMs() });
    });
  return { invoke, alive: () => alive, kill };
};
