/**
 * Runs a command in a process group of its own: `node leash.ts <command> …`. The whole group ends when standard input closes,
 * which happens however the test ends. The folder in `REMOVE_AT_END` is then removed.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const PATIENCE_MS = 2_000;

const { REMOVE_AT_END: folder, ...env } = process.env;
const [file = '', ...args] = process.argv.slice(2);
const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true, env });

const signalGroup = (signal: NodeJS.Signals): void => {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // No process of the group is left.
  }
};

const end = (): void => {
  signalGroup('SIGTERM');
  setTimeout(signalGroup, PATIENCE_MS, 'SIGKILL').unref();
};

process.stdin.on('end', end).resume();
process.on('SIGTERM', end);
// Ctrl-C in a terminal reaches the test too, and the test decides what to do. When the test ends, standard input closes.
process.on('SIGINT', () => undefined);
child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code) => {
  signalGroup('SIGKILL');
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code ?? 1);
});
