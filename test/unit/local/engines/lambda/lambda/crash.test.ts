import { expect, test } from 'vitest';
import { aFunction, aLambda, payloadOf } from '../a-lambda.ts';

/** Returns its session token. With `wait` it logs the token and never returns. */
const fn = aFunction(`export const handler = async ({ wait }) => {
  if (!wait) return process.env.AWS_SESSION_TOKEN;
  console.log('waiting ' + process.env.AWS_SESSION_TOKEN);
  await new Promise(() => setInterval(() => {}, 1e6)); };`);

test('a process is found by its session token and killed as if it had crashed; others go on', async () => {
  await using lambda = aLambda([fn]);
  const waiting = lambda.invoke(fn.arn, { wait: true });
  const [, token] = /waiting (\S+)/.exec(await lambda.logWith('greet', 'waiting')) ?? [];
  const other = await payloadOf(lambda.invoke(fn.arn, {}));

  await lambda.crash(token);

  expect(await waiting).toMatchObject({
    kind: 'failed',
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('signal: SIGKILL'),
  });
  expect(await payloadOf(lambda.invoke(fn.arn, {}))).toBe(other);
  expect(other).not.toBe(token);
});

test('a token that no process has, or no longer has, crashes nothing', async () => {
  await using lambda = aLambda([fn]);
  const token = String(await payloadOf(lambda.invoke(fn.arn, {})));
  await lambda.crash(token);

  expect(lambda.crash(token)).toBeUndefined();
  expect(lambda.crash('nobody')).toBeUndefined();
  expect(lambda.crash(undefined)).toBeUndefined();
});
