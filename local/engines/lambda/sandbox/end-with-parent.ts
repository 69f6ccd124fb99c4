/**
 * Ends this process when its parent has ended, even during an endless loop of the handler. Such a loop never sees the IPC
 * channel close, so a separate thread watches the parent.
 */
import { Worker } from 'node:worker_threads';

const CHECK_EVERY_MS = 500;

process.on('disconnect', () => process.exit());

// The parent's id is read here, because the thread may start only after the parent has ended.
new Worker(
  `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), ${CHECK_EVERY_MS});`,
  { eval: true, execArgv: [], env: {} },
).unref();
