import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCallLog } from '../../../../local/ground/call-log.ts';
import { createClock } from '../../../../local/ground/clock.ts';

const CALL = { requestId: 'request-1', operation: 'Notes.Echo', status: 200, caller: 'LOCAL-Verify' };

/** What is in the log after a call of each operation. */
const logged = (...operations: readonly string[]) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'call-log-')), 'logs');
  const clock = createClock();
  clock.adjust({ offsetMs: 3_600_000 });
  const log = createCallLog(folder, clock);
  for (const operation of operations) log({ ...CALL, operation });
  return readFileSync(join(folder, 'endpoint.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

test('each call is a line with its id, what it was, how it ended and who made it, at the local time', () => {
  const [line, ...more] = logged('Notes.Echo');

  expect(more).toEqual([]);
  expect(line).toEqual({ ...CALL, timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(Math.abs(Date.parse(line.timestamp) - Date.now() - 3_600_000)).toBeLessThan(60_000);
});

test.each([
  ['GET /v2/email/suppression/addresses/alice%40example.com', 'GET /v2/email/suppression/addresses/…'],
  ['GET /v2/email/suppression/addresses/alice@example.com', 'GET /v2/email/suppression/addresses/…'],
  ['GET /_local/challenges.json?user=alice', 'GET /_local/challenges.json'],
  ['Notes.Echo alice@example.com', 'Notes.Echo …'],
  ['Notes.Echo\n{"forged":1}', '…'],
])('what could be an address does not get into it: %j', (operation, inLog) => {
  expect(logged(operation)).toMatchObject([{ operation: inLog }]);
});

test.each([
  'GET /us-east-1_Pool/.well-known/jwks.json',
  'POST /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3AVerify/invocations',
])('names and ARNs stay: %s', (operation) => {
  expect(logged(operation)).toMatchObject([{ operation }]);
});
