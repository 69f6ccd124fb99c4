/** A DynamoDB engine in a thread of its own, so that it and its callers have a core each. It sends its port to the parent. */
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import dynalite from 'dynalite';

const server = dynalite({ createTableMs: 0 });
server.listen({ host: '127.0.0.1', port: 0 }, () =>
  parentPort?.postMessage((server.address() as AddressInfo).port),
);
