/** A function in a thread: the runtime of `local/engines/lambda/sandbox/runtime.ts`, for many invocations at the same time. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadHandler } from '../../../../local/engines/lambda/sandbox/load-handler.ts';
import { setClock } from '../../../../local/engines/lambda/sandbox/shown-date.ts';
import type { ClockSettings } from '../../../../local/ground/clock.ts';
import type { Invocation } from '../../../../local/ground/service.ts';

/** A message from the engine to the thread: run the handler once. */
export interface ThreadCall {
  readonly requestId: string;
  /** As JSON text. */
  readonly event: string;
  readonly clock: ClockSettings;
}

/** A message from the thread to the engine. */
export interface ThreadAnswer {
  readonly requestId: string;
  readonly outcome: Invocation;
}

/** What the thread is started with. */
export interface ThreadFunction {
  readonly codeFolder: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
}

const { codeFolder, handler: name, timeoutSeconds } = workerData as ThreadFunction;
const handler = loadHandler(codeFolder, name, 24);

const run = async ({ requestId, event }: ThreadCall): Promise<Invocation> => {
  const deadline = performance.now() + timeoutSeconds * 1_000;
  const context = {
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
  try {
    const payload = await (await handler)(JSON.parse(event), context);
    return { kind: 'returned', payload: JSON.parse(JSON.stringify(payload ?? null)) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return { kind: 'failed', errorType, errorMessage };
  }
};

parentPort?.on('message', async (call: ThreadCall) => {
  setClock(call.clock);
  parentPort?.postMessage({ requestId: call.requestId, outcome: await run(call) } satisfies ThreadAnswer);
});
