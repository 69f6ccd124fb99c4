/** The processes of one function: an idle one is reused, a busy one never shared, and there are never more than a limit. */
import { AwsError, type Invocation } from '../service.ts';
import type { Sandbox } from './sandbox.ts';

export interface PoolLimits {
  /** Processes of one function at the same time; further invocations wait. */
  readonly maxConcurrency: number;
  /** Real milliseconds after which an unused process is ended. */
  readonly idleMs: number;
}

export interface Pool {
  invoke(event: string): Promise<Invocation>;
  close(): Promise<void>;
}

export const createPool = (start: () => Sandbox, { maxConcurrency, idleMs }: PoolLimits): Pool => {
  const sandboxes = new Set<Sandbox>();
  const idle: { readonly sandbox: Sandbox; readonly timer: NodeJS.Timeout }[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  const enter = async () => {
    if (busy >= maxConcurrency) await new Promise<void>((turn) => waiting.push(turn));
    else busy += 1;
  };
  const leave = () => {
    const turn = waiting.shift(); // A waiting invocation takes over the place, so `busy` stays as it is.
    if (turn === undefined) busy -= 1;
    else turn();
  };

  /** The process used last, so that the others get old enough to be ended. */
  const takeIdle = (): Sandbox | undefined => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.timer);
      if (entry.sandbox.alive()) return entry.sandbox;
      sandboxes.delete(entry.sandbox);
    }
    return undefined;
  };
  const startNew = () => {
    const sandbox = start();
    sandboxes.add(sandbox);
    return sandbox;
  };
  const putIdle = (sandbox: Sandbox) => {
    const end = () => {
      idle.splice(
        idle.findIndex((entry) => entry.sandbox === sandbox),
        1,
      );
      sandboxes.delete(sandbox);
      void sandbox.kill();
    };
    idle.push({ sandbox, timer: setTimeout(end, idleMs).unref() });
  };

  return {
    invoke: async (event) => {
      await enter();
      try {
        if (closed) throw new AwsError('ServiceException', 'The functions have been stopped', 500);
        const sandbox = takeIdle() ?? startNew();
        const outcome = await sandbox.invoke(event);
        if (sandbox.alive()) putIdle(sandbox);
        else sandboxes.delete(sandbox);
        return outcome;
      } finally {
        leave();
      }
    },
    close: async () => {
      closed = true;
      for (const { timer } of idle) clearTimeout(timer);
      await Promise.all([...sandboxes].map((sandbox) => sandbox.kill()));
    },
  };
};
