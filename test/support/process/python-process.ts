/** A program in Python, in a process of its own, that answers each line of JSON with a line of JSON. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface PythonProcess {
  /** Throws if the program has ended. */
  ask(call: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** It ends when its standard input closes, so it cannot outlive the test. `env` is added to this process's own. */
export const startPython = (
  python: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): PythonProcess => {
  const child = spawn(python, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const ended = once(child, 'close');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    ask: async (call) => {
      child.stdin.write(`${JSON.stringify(call)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('The program in Python has ended; what it said is above');
      return JSON.parse(value);
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
