import { expect, test } from 'vitest';
import { aFunction, aLambda, eventually, isAlive, payloadOf } from '../a-lambda.ts';

test.each([
  ['waits too long', 'await new Promise((r) => setTimeout(r, 60_000))'],
  ['loops without end', 'for (;;);'],
])('the time limit stops a handler that %s', async (_, body) => {
  const fn = aFunction(
    `import { writeSync } from 'node:fs';
       export const handler = async () => { writeSync(1, 'pid ' + process.pid + '\\n'); ${body}; };`,
    { timeoutSeconds: 1 },
  );
  await using lambda = aLambda([fn]);

  const outcome = await lambda.invoke(fn.arn, {});

  expect(outcome).toEqual({
    kind: 'timeout',
    errorMessage: expect.stringMatching(
      /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$/,
    ),
  });
  const pid = Number(/pid (\d+)/.exec(await lambda.logWith('greet', 'pid '))?.[1]);
  expect(await eventually(() => !isAlive(pid))).toBe(true);
});

test('the time limit leaves the triggers’ four seconds of real time however fast the clock is', async () => {
  const fn = aFunction(
    'export const handler = async () => (await new Promise((r) => setTimeout(r, 1_500)), "done");',
    { timeoutSeconds: 5 },
  );
  await using lambda = aLambda([fn]);
  lambda.clock.adjust({ rate: 3_600 });

  expect(await payloadOf(lambda.invoke(fn.arn, {}))).toBe('done');
});

test('the time limit is over sooner on a fast clock', async () => {
  const fn = aFunction('export const handler = async () => new Promise(() => setInterval(() => {}, 1e6));', {
    timeoutSeconds: 60,
  });
  await using lambda = aLambda([fn]);
  lambda.clock.adjust({ rate: 50 });
  const started = performance.now();

  const outcome = await lambda.invoke(fn.arn, {});

  expect(outcome).toMatchObject({ errorMessage: expect.stringContaining('after 60.00 seconds') });
  expect(performance.now() - started).toBeLessThan(20_000);
});
