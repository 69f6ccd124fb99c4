/** Manages the processes of one function: reuses an idle one, never shares a busy one, and limits their number. */
import { AwsError, type Invocation } from '../../ground/service.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export interface PoolLimits {
  /** How many processes of one function may run at the same time. Further invocations wait. */
  readonly maxConcurrency: number;
  /** Real milliseconds after which an unused process is ended. */
  readonly idleMs: number;
}

export interface SandboxPool {
  /** `event` is JSON text. It waits for a process if all are busy. */
  invoke(event: string, requestId: string): Promise<Invocation>;
  /** Whether an invocation would have to wait. */
  isFull(): boolean;
  close(): Promise<void>;
}

/** Lets at most `places` callers in at a time. The others wait in order. */
const createGate = (places: number) => {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return {
    isFull: () => taken >= places,
    enter: async () => {
      if (taken >= places) await new Promise<void>((turn) => waiting.push(turn));
      else taken += 1;
    },
    leave: () => {
      const turn = waiting.shift(); // The next caller takes the place, so the count stays the same.
      if (turn === undefined) taken -= 1;
      else turn();
    },
  };
};

export const createPool = (start: () => Sandbox, { maxConcurrency, idleMs }: PoolLimits): SandboxPool => {
  const gate = createGate(maxConcurrency);
  const sandboxes = new Set<Sandbox>();
  const idle = new Map<Sandbox, NodeJS.Timeout>();
  let closed = false;

  const end = (sandbox: Sandbox) => {
    clearTimeout(idle.get(sandbox));
    idle.delete(sandbox);
    sandboxes.delete(sandbox);
    return sandbox.kill();
  };
  /** Takes the process that was used last, so that the others stay idle long enough to be ended. */
  const takeIdle = (): Sandbox | undefined => {
    for (const [sandbox, timer] of [...idle].reverse()) {
      clearTimeout(timer);
      idle.delete(sandbox);
      if (sandbox.alive()) return sandbox;
      sandboxes.delete(sandbox);
    }
    return undefined;
  };
  const run = async (event: string, requestId: string) => {
    if (closed) throw new AwsError('ServiceException', 'The functions have been stopped', 500);
    const sandbox = takeIdle() ?? start();
    sandboxes.add(sandbox);
    const outcome = await sandbox.invoke(event, requestId);
    if (sandbox.alive()) idle.set(sandbox, setTimeout(end, idleMs, sandbox).unref());
    else sandboxes.delete(sandbox);
    return outcome;
  };

  return {
    invoke: async (event, requestId) => {
      await gate.enter();
      return run(event, requestId).finally(gate.leave);
    },
    isFull: gate.isFull,
    close: async () => {
      closed = true;
      await Promise.all([...sandboxes].map(end));
    },
  };
};
