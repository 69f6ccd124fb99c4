import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { synthesizeApp } from '../../../../local/app/synthesize-app.ts';
import { isAlive } from '../engines/lambda/a-lambda.ts';

let caller: string;
let output: string;
beforeEach(() => {
  caller = mkdtempSync(join(tmpdir(), 'caller-'));
  output = join(caller, 'local', 'cdk.out');
});

/** Runs a program in place of an app. */
const synthesize = (source: string, environment: NodeJS.ProcessEnv = process.env) => {
  writeFileSync(
    join(caller, 'app.cjs'),
    `const { writeFileSync, mkdirSync } = require('node:fs');\n${source}`,
  );
  return synthesizeApp({ command: `"${process.execPath}" app.cjs`, caller, output, environment });
};

const WRITES = "writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', JSON.stringify(process.env));";

test('an app is written where it is told', async () => {
  expect(await synthesize(WRITES)).toBe(output);
});

test('it gets the context of cdk.json, where the command line of the CDK does not give it', async () => {
  writeFileSync(join(caller, 'cdk.json'), '{"app": "node app.js", "context": {"stage": "test"}}');

  await synthesize(WRITES, { ...process.env, AWS_PROFILE: 'developer' });

  expect(JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8'))).toMatchObject({
    CDK_CONTEXT_JSON: '{"stage":"test"}',
    CDK_OUTPUT: output,
    AWS_PROFILE: 'developer',
  });
});

test('what was there before is removed', async () => {
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'Old.template.json'), '{}');

  await synthesize(WRITES);

  expect(existsSync(join(output, 'Old.template.json'))).toBe(false);
});

test('a command that writes into cdk.out all the same is taken at that', async () => {
  expect(await synthesize("mkdirSync('cdk.out'); writeFileSync('cdk.out/manifest.json', '{}');")).toBe(
    join(caller, 'cdk.out'),
  );
});

test('an old cdk.out is not taken for what the command has written', async () => {
  const old = join(caller, 'cdk.out');
  mkdirSync(old);
  writeFileSync(join(old, 'manifest.json'), '{}');
  await synthesize("require('node:fs').utimesSync('cdk.out/manifest.json', 1, 1);").catch(() => {});

  await expect(synthesize('')).rejects.toThrow(/wrote no app: neither where CDK_OUTDIR .* "npx cdk synth"/);
});

test('a command that fails is shown with what it printed', async () => {
  await expect(synthesize("console.error('codeLength is wrong'); process.exit(3);")).rejects.toThrow(
    /codeLength is wrong\n".* app\.cjs" failed \(3\)/,
  );
});

test('where credentials are missing, the app of cdk.json is advised in the last line', async () => {
  writeFileSync(join(caller, 'cdk.json'), '{"app": "node bin/\\"shop\\".js"}');

  await expect(
    synthesize(
      "console.error('Need to perform AWS calls for account 1, but no credentials'); process.exit(1);",
    ),
  ).rejects.toThrow(/failed \(1\)\n.*by itself: --app "node bin\/\\"shop\\".js"$/);
});

test('the command and what it has started end with the local system', async () => {
  const ending = new AbortController();
  writeFileSync(
    join(caller, 'slow.cjs'),
    "require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1e6);",
  );
  const command = `"${process.execPath}" slow.cjs; true`;
  const synthesis = synthesizeApp({
    command,
    caller,
    output,
    environment: process.env,
    ending: ending.signal,
  });
  const pid = () => (existsSync(join(caller, 'pid')) ? Number(readFileSync(join(caller, 'pid'), 'utf8')) : 0);
  await expect.poll(pid, { timeout: 5_000 }).toBeGreaterThan(0);

  ending.abort();

  await expect(synthesis).rejects.toThrow('failed (killed)');
  await expect.poll(() => isAlive(pid()), { timeout: 5_000 }).toBe(false);
});
