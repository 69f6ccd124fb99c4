import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aFunction, aLambda, payloadOf } from '../a-lambda.ts';

const failureOf = async (source: string, changes = {}) => {
  const fn = aFunction(source, changes);
  await using lambda = aLambda([fn]);
  return await lambda.invoke(fn.arn, {});
};

describe('a failing handler', () => {
  test.each([
    [
      'a literal name',
      "throw Object.assign(new Error('busy'), { name: 'LeaseHeld' })",
      { errorType: 'LeaseHeld', errorMessage: 'busy' },
    ],
    [
      'a class whose name is a field',
      "throw new (class a extends Error { name = 'MailRefused' })('no')",
      { errorType: 'MailRefused', errorMessage: 'no' },
    ],
    ['a thrown string', "throw 'plain'", { errorType: 'string', errorMessage: 'plain' }],
    ['a result that is no JSON', 'return 1n', { errorType: 'Runtime.MarshalError' }],
    ['a result over 6 MB', "return 'x'.repeat(6_300_000)", { errorType: 'Function.ResponseSizeTooLarge' }],
    [
      'an unhandled rejection',
      "Promise.reject(new Error('lost')); await new Promise(() => {})",
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
    ],
    [
      'an error outside the call',
      "setTimeout(() => { throw new TypeError('late') }); await new Promise(() => {})",
      { errorType: 'TypeError', errorMessage: 'late' },
    ],
    [
      'an exit',
      'process.exit(3)',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringContaining('Runtime exited with error: exit status 3'),
      },
    ],
  ])('reports %s', async (_, body, failure) => {
    const outcome = await failureOf(`export const handler = async () => { ${body} };`);

    expect(outcome).toMatchObject({ kind: 'failed', ...failure });
  });

  test('keeps its process after an error, and gets a new one after an exit', async () => {
    const fn = aFunction(`export const handler = async ({ act }) => {
      if (act === 'throw') throw new Error(String(process.pid));
      if (act === 'exit') process.exit(1);
      return String(process.pid); };`);
    await using lambda = aLambda([fn]);

    const pid = await payloadOf(lambda.invoke(fn.arn, {}));
    const thrown = await lambda.invoke(fn.arn, { act: 'throw' });
    await lambda.invoke(fn.arn, { act: 'exit' });
    const next = await payloadOf(lambda.invoke(fn.arn, {}));

    expect(thrown).toMatchObject({ errorMessage: pid });
    expect(next).not.toBe(pid);
  });

  test('leaves its stack in the log', async () => {
    const fn = aFunction("export const handler = async () => { throw new Error('traced'); };");
    await using lambda = aLambda([fn]);

    await lambda.invoke(fn.arn, {});

    expect(await lambda.logWith('greet', 'traced')).toMatch(/ERROR\tInvoke Error\t.*"stack":"Error: traced/);
  });
});

describe('a bundle that does not load', () => {
  test.each([
    [
      'has a missing CommonJS module',
      "import m from 'node:module'; m.createRequire(import.meta.url)('none');",
      'Runtime.ImportModuleError',
    ],
    ['does not parse', 'export const handler = (', 'Runtime.UserCodeSyntaxError'],
    [
      'throws at init',
      "throw Object.assign(new Error('TABLE is missing'), { name: 'ConfigError' });",
      'ConfigError',
    ],
    ['imports a package that is not there', "import 'not-there';", 'Error'],
    ['exports no handler', 'export const other = 1;', 'Runtime.HandlerNotFound'],
    [
      'takes a callback',
      'export const handler = (event, context, callback) => callback();',
      'Runtime.CallbackHandlerDeprecated',
    ],
    ['exits', 'process.exit(0);', 'Runtime.ExitError'],
  ])('fails each invocation when it %s', async (_, source, errorType) => {
    expect(await failureOf(source)).toMatchObject({ kind: 'failed', errorType });
  });

  test('fails when its file is missing', async () => {
    const outcome = await failureOf('', { handler: 'main.handler' });

    expect(outcome).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Error: Cannot find module 'main'",
    });
  });

  test('fails when its folder is missing', async () => {
    const outcome = await failureOf('', { codeFolder: '/nowhere' });

    expect(outcome).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('could not be started'),
    });
  });

  test('is tried again in a new process', async () => {
    const fn = aFunction("throw new Error('first')");
    await using lambda = aLambda([fn]);

    const first = await lambda.invoke(fn.arn, {});
    writeFileSync(join(fn.codeFolder, 'index.mjs'), "export const handler = async () => 'mended';");
    const second = await payloadOf(lambda.invoke(fn.arn, {}));

    expect(first).toMatchObject({ kind: 'failed' });
    expect(second).toBe('mended');
  });
});
