import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFunction, aLambda, eventually, isAlive, payloadOf } from './a-lambda.ts';

const PID =
  'export const handler = async ({ ms = 0 }) => (await new Promise((r) => setTimeout(r, ms)), process.pid);';

test('gives the handler its event and a context, and passes on what it returns', async () => {
  const fn = aFunction(`export const handler = async (event, context) => ({ event, context,
    remaining: context.getRemainingTimeInMillis() });`);
  await using lambda = aLambda([fn]);

  const payload = await payloadOf(lambda.invoke(fn.arn, { name: 'Ada' }));

  expect(payload).toMatchObject({
    event: { name: 'Ada' },
    context: {
      functionName: 'greet',
      functionVersion: '$LATEST',
      invokedFunctionArn: fn.arn,
      memoryLimitInMB: '128',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logGroupName: '/aws/lambda/greet',
    },
  });
  expect((payload as { remaining: number }).remaining).toBeGreaterThan(4_500);
  expect((payload as { remaining: number }).remaining).toBeLessThanOrEqual(5_000);
});

test('returns null for a handler that returns nothing', async () => {
  const fn = aFunction('export const handler = async () => {};');
  await using lambda = aLambda([fn]);

  expect(await payloadOf(lambda.invoke(fn.arn, {}))).toBeNull();
});

test('uses a process again, with the module state it left behind', async () => {
  const fn = aFunction(
    'let calls = 0; export const handler = async () => ({ pid: process.pid, calls: ++calls });',
  );
  await using lambda = aLambda([fn]);

  const first = (await payloadOf(lambda.invoke(fn.arn, {}))) as { pid: number };
  const second = await payloadOf(lambda.invoke(fn.arn, {}));

  expect(second).toEqual({ pid: first.pid, calls: 2 });
});

test('runs concurrent invocations in processes of their own', async () => {
  const fn = aFunction(PID);
  await using lambda = aLambda([fn]);

  const pids = await Promise.all([1, 2, 3].map(() => payloadOf(lambda.invoke(fn.arn, { ms: 400 }))));

  expect(new Set(pids).size).toBe(3);
});

test('lets invocations beyond the limit of processes wait', async () => {
  const fn = aFunction(PID);
  await using lambda = aLambda([fn], { limits: { maxConcurrency: 2 } });

  const pids = await Promise.all([1, 2, 3, 4, 5].map(() => payloadOf(lambda.invoke(fn.arn, { ms: 50 }))));

  expect(pids).toHaveLength(5);
  expect(new Set(pids).size).toBeLessThanOrEqual(2);
});

test('ends processes that had nothing to do for a while, and starts new ones', async () => {
  const fn = aFunction(PID);
  await using lambda = aLambda([fn], { limits: { idleMs: 50 } });

  const pid = (await payloadOf(lambda.invoke(fn.arn, {}))) as number;

  expect(await eventually(() => !isAlive(pid))).toBe(true);
  expect(await payloadOf(lambda.invoke(fn.arn, {}))).not.toBe(pid);
});

test('refuses a function that does not exist', async () => {
  await using lambda = aLambda([]);

  await expect(
    lambda.invoke('arn:aws:lambda:eu-west-1:111122223333:function:nobody', {}),
  ).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    status: 404,
  });
});

test('shows a function its own environment and nothing of the machine it runs on', async () => {
  process.env.ONLY_OUTSIDE = 'seen';
  const source = 'export const handler = async () => ({ env: process.env, send: typeof process.send });';
  const one = aFunction(source, { name: 'one', environment: { TABLE: 'challenges' } });
  const two = aFunction(source, { name: 'two' });
  await using lambda = aLambda([one, two], { environment: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' } });

  const first = await payloadOf(lambda.invoke(one.arn, {}));
  const second = await payloadOf(lambda.invoke(two.arn, {}));

  expect(first).toMatchObject({
    env: {
      TABLE: 'challenges',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'LOCAL-one',
      AWS_LAMBDA_FUNCTION_NAME: 'one',
    },
    send: 'undefined',
  });
  expect(second).toMatchObject({ env: { AWS_ACCESS_KEY_ID: 'LOCAL-two' } });
  expect(Object.keys((second as { env: object }).env)).not.toContain('TABLE');
  const known = /^(AWS_.*|PATH|LANG|TZ|HOME|LAMBDA_TASK_ROOT|_HANDLER)$/;
  expect(Object.keys((second as { env: object }).env).filter((name) => !known.test(name))).toEqual([]);
});

test('keeps the globals of one function from another', async () => {
  const one = aFunction("globalThis.shared = 'one'; export const handler = async () => globalThis.shared;", {
    name: 'one',
  });
  const two = aFunction('export const handler = async () => String(globalThis.shared);', { name: 'two' });
  await using lambda = aLambda([one, two]);

  const seen = [await payloadOf(lambda.invoke(one.arn, {})), await payloadOf(lambda.invoke(two.arn, {}))];

  expect(seen).toEqual(['one', 'undefined']);
});

test('appends what a function prints to its log, line by line', async () => {
  const fn = aFunction(`export const handler = async ({ n }) => {
    process.stdout.write('half ' + n); process.stdout.write(' line\\n'); console.error('warned', n); };`);
  await using lambda = aLambda([fn]);

  await lambda.invoke(fn.arn, { n: 1 });
  await lambda.invoke(fn.arn, { n: 2 });

  const lines = (await lambda.logWith('greet', 'warned 2')).split('\n');
  expect(lines).toEqual(expect.arrayContaining(['half 1 line', 'warned 1', 'warned 2']));
  await lambda.logWith('greet', 'half 2 line');
});

test('takes a bundle of CommonJS in index.js', async () => {
  const codeFolder = mkdtempSync(join(tmpdir(), 'common-'));
  writeFileSync(join(codeFolder, 'other.js'), "exports.word = 'required';");
  writeFileSync(join(codeFolder, 'index.js'), "exports.handler = async () => require('./other.js').word;");
  const fn = aFunction('', { codeFolder });
  await using lambda = aLambda([fn]);

  expect(await payloadOf(lambda.invoke(fn.arn, {}))).toBe('required');
});
