/** Runs asynchronous invocations as Lambda does: stores them until they end, retries them, and records final failures. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ground/clock.ts';
import type { InvokeAs, InvokeAsync, SendMessage } from '../../ground/service.ts';
import type { State } from '../../ground/state.ts';
import { createWait } from '../../ground/wait.ts';
import { type Condition, failureRecord, type QueuedInvocation } from './destination-record.ts';
import { DEFAULT_RETRIES, type EventInvokeConfig } from './event-invoke-config.ts';

export interface AsyncInvocationsSettings {
  readonly clock: Clock;
  readonly state: State;
  /** All attempts of an invocation have the same request id. */
  readonly invoke: InvokeAs;
  readonly configOf: (functionArn: string) => EventInvokeConfig | undefined;
  readonly sendMessage: SendMessage;
}

export interface AsyncInvocations {
  readonly invokeAsync: InvokeAsync;
  /** Continues the invocations that had not ended when the system was last stopped. */
  resume(): void;
  /** Resolves when no invocation is queued, running or waiting for a retry. */
  settled(): Promise<void>;
  /** Ends all waits, and resolves when the running attempts have ended. Invocations that are not complete stay on disk. */
  close(): Promise<void>;
}

/** One minute before the second attempt, two before the third (Lambda Developer Guide, "Asynchronous invocation"). */
const RETRY_DELAY_MS = 60_000;

export const createAsyncInvocations = (settings: AsyncInvocationsSettings): AsyncInvocations => {
  const { clock, state, invoke, configOf, sendMessage } = settings;
  const queue = state.documents<QueuedInvocation>('async-invocation');
  const closing = new AbortController();
  const wait = createWait(clock, closing.signal);
  const inFlight = new Set<Promise<void>>();

  const discard = (invocation: QueuedInvocation, condition: Condition): void => {
    const destination = configOf(invocation.functionArn)?.onFailure;
    if (destination !== undefined)
      sendMessage(destination, JSON.stringify(failureRecord(invocation, condition, clock.now())));
    queue.delete(invocation.requestId);
  };

  /** Waits as long as Lambda does and makes one attempt. Returns the invocation if it needs another attempt. */
  const attempt = async (invocation: QueuedInvocation): Promise<QueuedInvocation | undefined> => {
    const { functionArn, event, requestId, queuedAt, attempts } = invocation;
    const { maxRetries, maxAgeSeconds } = configOf(functionArn) ?? DEFAULT_RETRIES;
    if (attempts > maxRetries) return void discard(invocation, 'RetriesExhausted');
    if (!(await wait(attempts * RETRY_DELAY_MS))) return undefined;
    if (clock.now() - queuedAt >= maxAgeSeconds * 1_000) return void discard(invocation, 'EventAgeExceeded');
    const outcome = await invoke(functionArn, event, requestId);
    if (closing.signal.aborted) return undefined;
    if (outcome.kind === 'returned') return void queue.delete(requestId);
    const failed = { ...invocation, attempts: attempts + 1, lastOutcome: outcome };
    queue.put(requestId, failed);
    return failed;
  };

  const run = async (queued: QueuedInvocation): Promise<void> => {
    try {
      let left: QueuedInvocation | undefined = queued;
      while (left !== undefined) left = await attempt(left);
    } catch (error) {
      if (closing.signal.aborted) return; // The functions are being stopped.
      process.emitWarning(`Asynchronous invocation ${queued.requestId} of ${queued.functionArn}: ${error}`);
      queue.delete(queued.requestId);
    }
  };

  const start = (invocation: QueuedInvocation): Promise<void> => {
    const done: Promise<void> = run(invocation).finally(() => inFlight.delete(done));
    inFlight.add(done);
    return done;
  };

  return {
    invokeAsync: (functionArn, event, requestId = randomUUID()) => {
      const invocation = { requestId, functionArn, event, queuedAt: clock.now(), attempts: 0 };
      queue.put(requestId, invocation);
      return start(invocation);
    },
    resume: () => {
      for (const invocation of queue.all()) void start(invocation);
    },
    settled: async () => {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
    close: async () => {
      closing.abort();
      await Promise.all(inFlight);
    },
  };
};
