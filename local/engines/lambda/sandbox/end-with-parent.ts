/**
 * Ends this process when the one that started it is gone, even while the handler is in an endless loop: such a loop
 * never sees the IPC channel close, so a thread of its own watches the parent.
 */
import { Worker } from 'node:worker_threads';

const CHECK_EVERY_MS = 500;

process.on('disconnect', () => process.exit());

// The parent's id is read here and not in the thread, which may start only after the parent has gone.
new Worker(
  `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), ${CHECK_EVERY_MS});`,
  { eval: true, execArgv: [], env: {} },
).unref();
