/**
 * The functions, each in one thread instead of a process for each invocation under way: thousands of rounds cannot wait for
 * processes to start. The bundles, their environment and their calls are the same. Time limits and kills are missing, because
 * they need processes.
 */
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { LocalFunction } from '../../../../local/engines/lambda/local-function.ts';
import type { Sandbox, StartSandbox } from '../../../../local/engines/lambda/sandbox/sandbox.ts';
import type { Clock } from '../../../../local/ground/clock.ts';
import type { Invocation } from '../../../../local/ground/service.ts';
import { BACKGROUND_CLIENT, TRIGGER_CLIENT } from '../../../../shared/lambda/sdk-client.ts';
import type { ThreadAnswer, ThreadCall } from './function-thread.ts';
import { serviceOf } from './service-of.ts';

export interface ThreadSandboxes {
  readonly start: StartSandbox;
  /** Sets a function's clock ahead of the others by so many milliseconds. */
  skew(functionName: string, ms: number): void;
  /** How many invocations of a service were so slow that the AWS SDK in them may have made a call twice. */
  slowCalls(service: string): number;
  /** Whether the SDK has stopped waiting in an invocation for this user. Only a slow machine causes that, never a fault. */
  gaveUp(userId: string): boolean;
  close(): Promise<void>;
}

/** Real milliseconds after which the SDK treats a call as lost. */
const patienceOf = (service: string): number =>
  (service === 'record-feedback' ? BACKGROUND_CLIENT : TRIGGER_CLIENT).requestHandler.requestTimeout;

type Run = (call: Omit<ThreadCall, 'clock'>) => Promise<Invocation>;

export const createThreadSandboxes = (): ThreadSandboxes => {
  const threads = new Map<string, { readonly run: Run; readonly worker: Worker }>();
  const skews = new Map<string, number>();
  const givenUp: string[] = [];
  const slowCalls = new Map<string, number>();

  const startThread = (
    { name, codeFolder, handler, timeoutSeconds, memoryMb }: LocalFunction,
    env: Record<string, string>,
    clock: Clock,
    log: (line: string) => void,
  ) => {
    const worker = new Worker(new URL('./function-thread.ts', import.meta.url), {
      env,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      workerData: { codeFolder, handler, timeoutSeconds },
      stdout: true,
      stderr: true,
    });
    const service = serviceOf(name);
    const waiting = new Map<string, (outcome: Invocation) => void>();
    for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', log);
    worker.on('message', ({ requestId, outcome }: ThreadAnswer) => {
      waiting.get(requestId)?.(outcome);
      waiting.delete(requestId);
    });
    worker.on('error', (error) => {
      throw new Error(`The thread of ${name} has ended`, { cause: error });
    });
    const run: Run = (call) => {
      const started = performance.now();
      const { promise, resolve } = Promise.withResolvers<Invocation>();
      waiting.set(call.requestId, resolve);
      const settings = clock.settings();
      const shownAnchor = settings.shownAnchor + (skews.get(name) ?? 0);
      worker.postMessage({ ...call, clock: { ...settings, shownAnchor } } satisfies ThreadCall);
      return promise.then((outcome) => {
        if (performance.now() - started <= patienceOf(service)) return outcome;
        slowCalls.set(service, (slowCalls.get(service) ?? 0) + 1);
        // A broken connection fails with the same name, but without a wait.
        if (outcome.kind === 'failed' && outcome.errorType === 'TimeoutError') givenUp.push(call.event);
        return outcome;
      });
    };
    return { run, worker };
  };

  return {
    start: (fn, environment, clock, log): Sandbox => {
      const thread = threads.get(fn.name) ?? startThread(fn, environment, clock, log);
      threads.set(fn.name, thread);
      return {
        invoke: (event, requestId) => thread.run({ event, requestId }),
        alive: () => true,
        kill: () => Promise.resolve(),
        exited: new Promise(() => {}),
      };
    },
    slowCalls: (service) => slowCalls.get(service) ?? 0,
    gaveUp: (userId) => givenUp.some((event) => event.includes(userId)),
    skew: (functionName, ms) => void skews.set(functionName, ms),
    close: async () =>
      void (await Promise.all([...threads.values()].map(({ worker }) => worker.terminate()))),
  };
};
