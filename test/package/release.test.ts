import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, inject, it, test } from 'vitest';
import { runPackageTool } from '../../tools/api/package-tools.ts';
import { run } from '../support/process/process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const tarball = inject('tarball');
const packageFolder = inject('packageFolder');
const read = (path: string) => readFileSync(join(packageFolder, path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const files = globSync('**/*', { cwd: packageFolder })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => statSync(join(packageFolder, path)).isFile());

test.each([
  ['publint', ['run', '--strict', tarball]],
  // All but TypeScript's oldest way to find modules, which knows no `exports`.
  ['attw', ['--profile', 'node16', tarball]],
] as const)('%s finds nothing', async (tool, args) => {
  const { code, output } = await runPackageTool(tool, args, packageFolder);

  expect(code, output).toBe(0);
});

describe('the tarball', () => {
  it('has at most a million bytes', () => {
    expect(statSync(tarball).size).toBeLessThanOrEqual(1_000_000);
  });

  it('holds no test and no source', () => {
    const odd = files.filter(
      (path) =>
        /\.test\.|\.map$/.test(path) ||
        // The examples are there to be read and copied.
        /^(?!examples\/).*(?<!\.d)\.ts$/.test(path) ||
        /^(?:test|local|services|infra|shared|tools|web|node_modules|\.)/.test(path),
    );

    expect(files.length).toBeGreaterThan(20);
    expect(odd).toEqual([]);
  });

  it('holds no part of the local system and no path of the machine that packed it', () => {
    const texts = files.map((path) => ({ path, text: read(path) }));
    // What an engine says, because the modules are minified.
    const isLocal = /The local engines do not know/;
    expect(readFileSync(join(ROOT, 'local/ground/template/intrinsics.ts'), 'utf8')).toMatch(isLocal);
    const local = texts.filter(({ path, text }) => /\.m?js$/.test(path) && isLocal.test(text));

    expect(local.map(({ path }) => path)).toEqual([]);
    expect(texts.filter(({ text }) => text.includes(ROOT)).map(({ path }) => path)).toEqual([]);
  });

  it('says in its manifest nothing that only the repository needs', () => {
    const { scripts, devDependencies, optionalDependencies, private: isPrivate } = manifest;

    expect({ scripts, devDependencies, optionalDependencies, isPrivate }).toEqual({});
    expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  });
});

test('an app can import each export by its name', async () => {
  const names = Object.keys(manifest.exports)
    .filter((path) => !path.endsWith('.json'))
    .map((path) => path.replace('.', manifest.name));
  const script = join(inject('appFolder'), 'import-all.mjs');
  const lines = names.map((name) => `console.log(Object.keys(await import('${name}')).length);`);
  writeFileSync(script, lines.join('\n'));

  const { code, output } = await run(process.execPath, [script]);

  expect(code, output).toBe(0);
  expect(output).toMatch(/^(?:[1-9]\d*\n)+$/);
  expect(output.trim().split('\n')).toHaveLength(names.length);
});

test('an app that imports in one place and requires in another has one of each class', async () => {
  const script = join(inject('appFolder'), 'both-ways.mjs');
  const lines = [manifest.name, `${manifest.name}/nag`].map(
    (name) =>
      `for (const [name, value] of Object.entries(await import('${name}'))) console.log(name, require('${name}')[name] === value);`,
  );
  const requires = "const require = (await import('node:module')).createRequire(import.meta.url);";
  writeFileSync(script, [requires, ...lines].join('\n'));

  const { code, output } = await run(process.execPath, [script]);

  expect(code, output).toBe(0);
  expect(output).toBe('EmailOtp true\nacknowledgeNagFindings true\n');
});

test.each([
  ['.', 'import'],
  ['.', 'require'],
  ['./nag', 'import'],
  ['./nag', 'require'],
])(
  'the constructs of %s, as %s finds them, load nothing but the CDK and what Node has',
  async (entry, way) => {
    const { metafile } = await build({
      entryPoints: [join(packageFolder, manifest.exports[entry][way].default)],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      write: false,
      metafile: true,
    });
    const imported = Object.values(metafile.inputs)
      .flatMap(({ imports }) => imports)
      .filter(({ external }) => external)
      .map(({ path }) => path);

    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((path) => !/^(?:aws-cdk-lib|constructs)(?:$|\/)|^node:/.test(path))).toEqual([]);
  },
);
