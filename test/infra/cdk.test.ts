import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';

// The CDK's command line, as somebody starts it who does not know of the project's own Node.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-'));
  return () => rmSync(folder, { recursive: true });
});

const synthesizeWith = (file: string, args: readonly string[], path: string) => {
  const output = join(folder, 'cdk.out');
  const settings = ['-c', 'emailSender=otp@example.com', '--no-validation', '--output', output];
  const { status, stderr } = spawnSync(file, [...args, 'synth', '--quiet', ...settings], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: path, HOME: folder, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  expect(stderr).not.toContain('ERR_UNKNOWN_FILE_EXTENSION');
  expect(status, stderr).toBe(0);
  return JSON.parse(readFileSync(join(output, 'EmailOtp.template.json'), 'utf8'));
};

test('cdk synthesizes where the path leads to another program that is called node', () => {
  writeFileSync(join(folder, 'node'), '#!/bin/sh\necho "not the Node you want" >&2\nexit 9\n');
  chmodSync(join(folder, 'node'), 0o755);

  const template = synthesizeWith(process.execPath, [CDK], `${folder}:/usr/bin:/bin`);

  expect(Object.keys(template.Outputs)).toContain('UserPoolId');
});

const pathWithout = (process.env.PATH ?? '')
  .split(':')
  .filter((part) => !part.includes('node_modules'))
  .join(':');
const other = spawnSync('node', ['--version'], { encoding: 'utf8', env: { PATH: pathWithout } }).stdout ?? '';
const isOlder = /^v2[0-2]\./.test(other);
if (!isOlder) console.log(`cdk is not run with an older Node: the path has ${other.trim() || 'none'}.`);

describe.runIf(isOlder)(`on ${other.trim()}, which cannot run TypeScript`, () => {
  test('node_modules/.bin/cdk synthesizes', () => {
    const template = synthesizeWith(join(ROOT, 'node_modules/.bin/cdk'), [], pathWithout);

    expect(Object.keys(template.Outputs)).toContain('UserPoolId');
  });
});
