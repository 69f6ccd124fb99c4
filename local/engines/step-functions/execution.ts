/** An execution as it is stored and shown. Times are epoch milliseconds of the local clock; data is unchanged. */

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export type HistoryEventType =
  | 'ExecutionStarted'
  | 'ExecutionSucceeded'
  | 'ExecutionFailed'
  | 'ExecutionTimedOut'
  | 'ExecutionAborted'
  | 'StateEntered'
  | 'StateExited'
  | 'StateFailed'
  | 'StateRetried'
  | 'StateCaught';

export interface HistoryEvent {
  readonly type: HistoryEventType;
  readonly at: number;
  readonly state?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** For `StateRetried`: the number of the retry for its retrier, from 1. */
  readonly retry?: number;
  /** For `StateCaught`: the state that the catcher leads to. */
  readonly next?: string;
}

export interface Execution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** How often the execution ran. After a restart, one that had not finished runs again from its start. */
  readonly runs: number;
  readonly history: readonly HistoryEvent[];
}

/** How a run ended. */
export type RunOutcome =
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string }
  | { readonly status: 'TIMED_OUT' | 'ABORTED' };
