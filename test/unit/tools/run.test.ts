import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';

const RUN = fileURLToPath(new URL('../../../tools/run.mjs', import.meta.url));

let root: string;

const write = (path: string, content: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
};

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/node': { version: process.version.slice(1) },
      'node_modules/needed': { version },
      'node_modules/for-another-platform': { version: '1.0.0', optional: true },
    },
  });

/** A project whose dependencies are installed. Its `npm` only prints that it was called, and with which arguments. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'run-'));
  mkdirSync(join(root, 'tools'));
  cpSync(RUN, join(root, 'tools/run.mjs'));
  for (const entry of ['local/start.mjs', 'commands/sign-in.mjs']) {
    write(entry, `console.log('${entry} runs with', process.argv.slice(2).join(' '))`);
  }
  write('npm.js', "console.log('npm', process.argv.slice(2).join(' '))");
  write('package-lock.json', lock('1.0.0'));
  write('node_modules/.package-lock.json', lock('1.0.0'));
  for (const name of ['node', 'needed']) mkdirSync(join(root, 'node_modules', name));
  mkdirSync(join(root, 'node_modules/.bin'));
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
});

const run = (...args: readonly string[]) => {
  const env = { ...process.env, npm_execpath: join(root, 'npm.js') };
  const { stdout, stderr, status } = spawnSync(process.execPath, ['tools/run.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    env,
  });
  return { status, output: stdout + stderr };
};

test('runs the entry with its arguments when everything is installed', () => {
  const { status, output } = run('--install', 'local/start.mjs', '--port', '1');

  expect(output).toBe('local/start.mjs runs with --port 1\n');
  expect(status).toBe(0);
});

test.each([
  ['the lockfile is newer', () => write('package-lock.json', lock('1.0.1'))],
  ['a package is missing', () => rmSync(join(root, 'node_modules/needed'), { recursive: true })],
  ['npm has not finished', () => rmSync(join(root, 'node_modules/.package-lock.json'))],
])('installs first, saying so, when %s', (_, spoil) => {
  spoil();

  const { status, output } = run('--install', 'local/start.mjs');

  expect(output).toMatch(
    /^Installing the dependencies.*\nnpm ci .*\nInstalled in \d+ s\.\nlocal\/start\.mjs runs/,
  );
  expect(status).toBe(0);
});

test('does not install under a command that may run beside a system in use', () => {
  write('package-lock.json', lock('1.0.1'));

  const { status, output } = run('commands/sign-in.mjs');

  expect(output).toMatch(/Run npm start or npm test/);
  expect(status).toBe(1);
});

describe('where dependencies are missing, help', () => {
  beforeEach(() => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    const scripts = {
      start: 'node tools/run.mjs --install local/start.mjs',
      'sign-in': 'node tools/run.mjs commands/sign-in.mjs',
      test: 'node tools/run.mjs --install tests.mjs',
    };
    write('package.json', JSON.stringify({ scripts }));
    const section = (name: string) => `## ${name}\n\n\`\`\`text\n${name} -- [options]\n  does it\n\`\`\`\n`;
    write('docs/commands.md', ['# Commands\n', section('npm start'), section('npm run sign-in')].join('\n'));
  });

  test.each([
    ['npm start', ['--install', 'local/start.mjs', '--port', '1', '--help']],
    ['npm run sign-in', ['commands/sign-in.mjs', '-h']],
  ])('for %s is what docs/commands.md has, and nothing is installed', (name, args) => {
    expect(run(...args)).toEqual({ status: 0, output: `${name} -- [options]\n  does it\n` });
  });

  test('for a tool of somebody else comes from the tool, after the installation', () => {
    expect(run('--install', 'tests.mjs', '--help').output).toMatch(/^Installing the dependencies/);
  });
});

test('ends as a shell says it when a signal has ended the command', () => {
  write('package-lock.json', lock('1.0.0').replace(process.version.slice(1), '0.0.1'));
  write('node_modules/.package-lock.json', lock('1.0.0').replace(process.version.slice(1), '0.0.1'));
  write('local/start.mjs', "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10_000)");

  expect(run('--install', 'local/start.mjs').status).toBe(143);
});

test('says that the installation failed', () => {
  write('package-lock.json', lock('1.0.1'));
  write('npm.js', 'process.exit(7)');

  const { status, output } = run('--install', 'local/start.mjs');

  expect(output).toMatch(/could not be installed; npm says above why/);
  expect(status).toBe(1);
});
