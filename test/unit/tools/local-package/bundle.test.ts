import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUILT_PAGES, readBuiltPages } from '../../../../local/console/pages.ts';
import { bundleLocalSystem, type LocalBundle } from '../../../../tools/local-package/bundle.ts';
import { localManifest } from '../../../../tools/local-package/manifest.ts';

let folder: string;
let bundle: LocalBundle;
let texts: Readonly<Record<string, string>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-'));
  bundle = await bundleLocalSystem(folder);
  const files = readdirSync(join(folder, 'dist'));
  texts = Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, 'dist', name), 'utf8')]));
});
afterAll(() => rmSync(folder, { recursive: true }));

const importsIn = (text: string): readonly string[] =>
  Array.from(
    text.matchAll(/\b(?:from|import|require)\s*\(?\s*["']([\w@./:-]+)["']/g),
    ([, name = '']) => name,
  );

const loadedBy = (name: string): readonly string[] =>
  importsIn(texts[name] ?? '').flatMap((path) =>
    path.startsWith('./') ? [path.slice(2), ...loadedBy(path.slice(2))] : [],
  );

test('the program, the client of the sandboxes and the pages are there', () => {
  expect(Object.keys(texts)).toEqual(expect.arrayContaining(['start.mjs', 'runtime.mjs', BUILT_PAGES]));
  expect(bundle.inputs).toEqual(expect.arrayContaining(['local/main.ts', 'web/sign-in/page.ts']));
});

test('what runs needs no other package than the compiled database', () => {
  const { dependencies } = localManifest();
  const packages = bundle.outside.filter((name) => !isBuiltin(name)).toSorted();

  // The SDK imports bowser in browsers only, and where the pages are built already, nothing loads esbuild.
  expect(packages).toEqual(['bowser', 'classic-level/binding.js', 'esbuild']);
  expect(dependencies).toEqual({ 'classic-level': expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});

test('the sandboxes’ client loads little, for it is started for every environment of every function', () => {
  const loaded = [...new Set(loadedBy('runtime.mjs')), 'runtime.mjs'];

  expect(loaded.reduce((sum, name) => sum + (texts[name]?.length ?? 0), 0)).toBeLessThan(20_000);
});

test('the files that dynalite names as it runs are found under these names', () => {
  expect(texts['start.mjs']).toMatch(/"\.\/actions\/updateItem\.js":/);
  expect(texts['start.mjs']).toMatch(/\("\.\/actions\/"\+\w+\+"\.js"\)|\(`\.\/actions\/\$\{\w+\}\.js`\)/);
});

test('the pages are those of the console, with all that they refer to', () => {
  const { pages, assets, notFound } = readBuiltPages(texts[BUILT_PAGES] ?? '');

  expect([...pages.keys()]).toEqual([
    '',
    'inbox',
    'mail',
    'users',
    'executions',
    'audit',
    'dashboard',
    'faults',
    'runbooks',
    'gallery',
    'gallery-state',
  ]);
  expect(notFound).toContain('There is no such page');
  const referred = [...pages.values()].flatMap((page) =>
    Array.from(page.matchAll(/(?:src|href)="(assets\/[^"]+)"/g), ([, path = '']) => path),
  );
  expect(referred.length).toBeGreaterThan(10);
  expect(referred.filter((path) => !assets.has(path))).toEqual([]);
});
