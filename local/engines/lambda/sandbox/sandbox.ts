/** One execution environment of one function. The first invocation initializes it; it handles one invocation at a time. */
import type { Clock } from '../../../ground/clock.ts';
import type { Invocation } from '../../../ground/service.ts';
import { type PendingInvocation, startCall } from '../call.ts';
import type { LocalFunction } from '../local-function.ts';
import type { SandboxMessage } from './messages.ts';
import { startProcess } from './sandbox-process.ts';

/** Lambda gives the init phase 10 seconds, apart from the function's own limit. */
const INIT_LIMIT_SECONDS = 10;
/** The least real time for an invocation whose own limit is not less: a fast clock shortens waiting, but not work. The triggers' limit. */
const MIN_LIMIT_MS = 4_000;

export interface Sandbox {
  /** `event` is JSON text. Never rejects. */
  invoke(event: string, requestId: string): Promise<Invocation>;
  alive(): boolean;
  /** Resolves when the process has ended. */
  kill(): Promise<unknown>;
  /** Resolves when the process has ended, for any reason. */
  readonly exited: Promise<unknown>;
}

/** `log` takes one line, either from the function or from Lambda about it. */
export type StartSandbox = (
  fn: LocalFunction,
  environment: Record<string, string>,
  clock: Clock,
  log: (line: string) => void,
) => Sandbox;

/** Starts the execution environment as a separate process. */
export const startSandbox: StartSandbox = (fn, environment, clock, log) => {
  let alive = true;
  let initialized = false;
  let call: PendingInvocation | undefined;

  const onReport = (report: SandboxMessage) => {
    if (report.kind === 'initialized') {
      initialized = true;
      startLimit();
    } else if (report.kind === 'returned') {
      call?.settle({ kind: 'returned', payload: JSON.parse(report.payload) });
    } else {
      if (report.fatal) alive = false;
      call?.settle({ kind: 'failed', errorType: report.errorType, errorMessage: report.errorMessage });
    }
  };
  const child = startProcess(fn, environment, onReport, log);
  const exited = child.exited.then((reason) => {
    alive = false;
    call?.exit(reason);
  });
  const kill = () => {
    alive = false;
    child.kill();
    return exited;
  };

  const limitMs = () => {
    const own = fn.timeoutSeconds * 1_000;
    return Math.max(clock.realDuration(own), Math.min(own, MIN_LIMIT_MS));
  };
  const startLimit = () =>
    initialized
      ? call?.limit(fn.timeoutSeconds, limitMs(), kill)
      : call?.limit(INIT_LIMIT_SECONDS, INIT_LIMIT_SECONDS * 1_000, kill);

  const invoke = async (event: string, requestId: string) => {
    const { promise, resolve } = Promise.withResolvers<Invocation>();
    call = startCall(requestId, resolve, log);
    startLimit();
    child.send({ requestId, functionArn: fn.arn, event, clock: clock.settings(), limitMs: limitMs() });
    const outcome = await promise;
    call = undefined;
    return outcome;
  };
  return { invoke, alive: () => alive, kill, exited };
};
