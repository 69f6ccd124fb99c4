import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { runPackageTool } from '../../tools/api/package-tools.ts';
import { installIn, nodeIn, nodePackages, runIn } from '../support/package/workspace.ts';

// The package with the local system, and how the program of the other package finds it.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const tarball = inject('tarball');
const localTarball = inject('localTarball');

describe('the tarball of the local system', () => {
  let folder: string;
  let files: readonly string[];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-'));
    execFileSync('tar', ['-xzf', localTarball, '--strip-components=1', '-C', folder]);
    files = globSync('**/*', { cwd: folder })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => statSync(join(folder, path)).isFile());
  });
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');

  it('is as publint likes it', async () => {
    const { code, output } = await runPackageTool('publint', ['run', '--strict', localTarball], folder);

    expect(code, output).toBe(0);
  });

  // The sign-in page in fourteen more languages is 43 KB of it, the runbooks with what shows them are 32.
  it('has at most 700,000 bytes', () => {
    const { size } = statSync(localTarball);
    console.log(`cognito-email-otp-local: ${files.length} files, ${Math.ceil(size / 1000)} KB`);

    expect(size).toBeLessThanOrEqual(700_000);
  });

  it('holds bundles, the pages and what is said about them: no test, no source, no path of the machine', () => {
    const bundles = files.filter((path) => /^dist\/[\w-]+\.mjs$/.test(path));

    expect(bundles.length).toBeGreaterThan(2);
    expect(files.filter((path) => !bundles.includes(path)).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.md',
      'dist/console.json',
      'package.json',
    ]);
    expect(files.filter((path) => read(path).includes(ROOT))).toEqual([]);
  });

  it('has the version of the other package, and one exact dependency', () => {
    const manifest = JSON.parse(read('package.json'));

    expect(manifest.version).toBe(version);
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(Object.entries(manifest.dependencies)).toEqual([
      ['classic-level', expect.stringMatching(/^\d[\d.]+$/)],
    ]);
  });

  it('names whose code it has', () => {
    expect(read('THIRD-PARTY-NOTICES.md')).toMatch(/^- dynalite \d.* \(Apache-2\.0\)$/m);
    expect(read('THIRD-PARTY-NOTICES.md')).not.toContain('undefined');
  });
});

describe('npx cognito-email-otp start', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'start-'));
    await installIn(folder, { ...nodePackages(), 'cognito-email-otp': `file:${tarball}` });
  }, 180_000);

  const start = (node: 20 | 24, ...args: readonly string[]) => {
    const program = join(folder, 'node_modules/cognito-email-otp/bin/cognito-email-otp.mjs');
    return runIn(folder, nodeIn(folder, node), [program, 'start', ...args]);
  };

  it('without the other package says what to type; with it, runs it', async () => {
    const missing = await start(24);
    expect(missing.code).toBe(1);
    expect(missing.output).toContain(`Type: npm install --save-dev cognito-email-otp-local@${version}\n`);
    expect((await start(24, '--help')).code).toBe(0);

    await installIn(folder, {
      ...nodePackages(),
      'cognito-email-otp': `file:${tarball}`,
      'cognito-email-otp-local': `file:${localTarball}`,
    });

    const help = await start(24, '--help');
    expect(help.code, help.output).toBe(0);
    expect(help.output).toContain('npx cognito-email-otp start [options]');
    expect(help.output).toContain('--port <1-65535>');
  });

  it('on Node 20 says that it needs another, also where the package is', async () => {
    const { code, output } = await start(20);

    expect(code).toBe(1);
    expect(output).toMatch(
      /^The local system needs Node\.js 24 or later.*this is 20\.\d+\.\d+\. Install it from/,
    );
    expect((await start(20, '--help')).code).toBe(0);
  });
});
