/** Starts the child process of a sandbox, which runs the runtime client, and reports its messages and its end. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LocalFunction } from '../local-function.ts';
import type { InvokeMessage, SandboxMessage } from './messages.ts';

/** Ends as this file does, which the package has as a bundle. */
const RUNTIME = fileURLToPath(new URL(`./runtime${extname(import.meta.url)}`, import.meta.url));

export interface SandboxProcess {
  send(message: InvokeMessage): void;
  kill(): void;
  /** Resolves with the reason, in Lambda's words, when the process has ended and all its messages were delivered. */
  readonly exited: Promise<string>;
}

const describeExit = (code: number | null, signal: string | null) => {
  if (signal !== null) return `Runtime exited with error: signal: ${signal}`;
  return code === 0
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${code}`;
};

/** `onLine` takes each line that the function prints. */
export const startProcess = (
  { codeFolder, memoryMb }: LocalFunction,
  environment: Record<string, string>,
  onReport: (report: SandboxMessage) => void,
  onLine: (line: string) => void,
): SandboxProcess => {
  const child = fork(RUNTIME, [], {
    cwd: codeFolder,
    env: environment,
    // Lambda's flags for Node.js 24: a bundle must not depend on require(esm) or on syntax detection.
    execArgv: [
      `--max-old-space-size=${memoryMb}`,
      '--no-experimental-require-module',
      '--no-experimental-detect-module',
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.on('message', onReport);
  child.on('error', () => {}); // `exited` reports it.
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null) createInterface({ input: stream }).on('line', onLine);

  // Waits for both: the last messages may come after `exit`, but not after `disconnect`.
  const exited = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
    .then(([[code, signal]]) => describeExit(code, signal))
    .catch((error: Error) => `Runtime could not be started: ${error.message}`);
  return {
    send: (message) => void child.send(message, () => {}), // An error means that the process has ended.
    kill: () => void child.kill('SIGKILL'),
    exited,
  };
};
