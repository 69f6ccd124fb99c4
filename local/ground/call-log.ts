/** The log of the endpoint's calls: finds the request to an id that a client was given, beside the logs of the functions. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { EndpointCall } from './endpoint.ts';

/** What a path may say in a log: names and ARNs. Addresses are other words, so they are left out, and queries too. */
const PLAIN_SEGMENT = /^(?:[\w.:$-]|%3A|%24)*$/i;

const loggable = (operation: string): string =>
  operation
    .replace(/\?.*$/s, '')
    .split(/([ /])/)
    .map((segment) => (PLAIN_SEGMENT.test(segment) || /^[ /]$/.test(segment) ? segment : '…'))
    .join('');

/** Returns a function that writes one line of JSON for each call. */
export const createCallLog = (folder: string, clock: Clock): ((call: EndpointCall) => void) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'endpoint.log');
  return ({ requestId, operation, status, caller }) => {
    const timestamp = new Date(clock.now()).toISOString();
    const line = { timestamp, requestId, operation: loggable(operation), status, caller };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
};
