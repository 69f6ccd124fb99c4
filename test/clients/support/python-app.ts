/** An app in Python, in a process of its own: one call, one line; one reply, one line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ALONE } from './alone.ts';
import { type Pool, type Reply, remoteApp } from './client-app.ts';
import type { RunningApp } from './describe-client.ts';

const SCRIPT = fileURLToPath(new URL('../apps/pycognito_app.py', import.meta.url));

/** It ends when its standard input closes, so it cannot outlive the test. */
export const startPythonApp = (python: string, { url, poolId, clientId }: Pool): RunningApp => {
  const child = spawn(python, [SCRIPT, url, poolId, clientId], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...ALONE },
  });
  const ended = once(child, 'close');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    ...remoteApp(async (...call) => {
      child.stdin.write(`${JSON.stringify(call)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('The app in Python has ended; what it said is above');
      return JSON.parse(value) as Reply;
    }),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
