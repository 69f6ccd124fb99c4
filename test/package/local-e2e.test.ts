import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { commandsIn } from '../support/ministack/shell.ts';
import { succeedIn, writeJson } from '../support/package/workspace.ts';
import { freePort } from '../support/system/free-port.ts';

// An app is developed and tested against the local system as docs/local.md and examples/local-e2e say, word by word, with the
// tarballs in place of the published packages. Only Chromium is not downloaded.

const ROOT = join(import.meta.dirname, '../..');

const README = commandsIn('examples/local-e2e/README.md')['End-to-end tests against the local system'] ?? '';
const chromium = inject('chromium');

let folder: string;
beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'local-e2e-')), 'shop');
  cpSync(join(ROOT, 'examples/local-e2e'), folder, { recursive: true });
  const { dependencies, devDependencies, ...rest } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  writeJson(join(folder, 'package.json'), {
    ...rest,
    dependencies: { ...dependencies, 'cognito-email-otp': `file:${inject('tarball')}` },
    devDependencies: { ...devDependencies, 'cognito-email-otp-local': `file:${inject('localTarball')}` },
  });
  await type('npm install');
}, 300_000);

/** Types lines in the app's folder, where `npx` and `npm` run on this Node. */
const type = (lines: string, env: Readonly<Record<string, string>> = {}) =>
  succeedIn(folder, 'bash', ['-euc', lines], {
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    ...env,
  });

test('the lines of the README are those that are typed here', () => {
  expect(README.trim().split('\n')).toEqual(['npm install', 'npx playwright install chromium', 'npm test']);
});

describe.runIf(chromium !== '')('in Chromium', () => {
  test('the tests of the example sign in, by codes from the inbox', async () => {
    const ports = { LOCAL_PORT: String(await freePort()), WEB_PORT: String(await freePort()) };

    const output = await type('npm test', { ...ports, CI: 'true', CHROMIUM: chromium });

    expect(output).toMatch(/\d+ passed/);
    expect(output).not.toMatch(/failed|flaky|skipped/);
  });
});

test('the lines for other tools start it in the background and wait until it is ready', async () => {
  const port = await freePort();
  const lines = (commandsIn('docs/local.md')['In CI'] ?? '')
    .replaceAll('4566', String(port))
    .replace(' start ', ` start --port ${port} `)
    .trim();

  // With -m, what runs in the background is a process group of its own. npx passes no signal on to what it has started.
  const output = await type(`set -m; trap 'kill -- -$!; wait $! || true' EXIT\n${lines}`);

  expect(output).toContain('{"ready":true}');
  expect(readFileSync(join(folder, 'local.log'), 'utf8')).toMatch(/^ready \(Ctrl-C ends it/m);
});
