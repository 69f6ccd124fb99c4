/** Translates the interpreter's events into those of an execution history. */
import type { HistoryEvent } from './execution.ts';

/** The parts of the interpreter's events that are shown. */
export interface InterpreterEvent {
  readonly type: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly Error?: string;
  readonly Cause?: unknown;
  readonly state?: { readonly name: string; readonly input?: unknown; readonly output?: unknown };
  readonly retry?: { readonly attempt: number };
  readonly catch?: { readonly catcher: { readonly Next: string } };
}

const definedOnly = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

/** `at` is shown time. `stopped` says whether a timeout was the reason for an abort. */
export const toHistoryEvent = (
  { type, input, output, Error: error, Cause, state, retry, catch: caught }: InterpreterEvent,
  at: number,
  stopped: 'TIMED_OUT' | 'ABORTED' | undefined,
): HistoryEvent => {
  const late = type === 'ExecutionAborted' && stopped === 'TIMED_OUT';
  return {
    type: (late ? 'ExecutionTimedOut' : type) as HistoryEvent['type'],
    at,
    ...definedOnly({
      state: state?.name,
      input: state?.input ?? input,
      output: state?.output ?? output,
      error,
      cause: Cause === undefined ? undefined : String(Cause),
      retry: retry?.attempt,
      next: caught?.catcher.Next,
    }),
  } as HistoryEvent;
};
