import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import mutation from '../../mutation/vitest-config.ts';
import { FILES } from './layout.ts';
import { alternatives, ROOT } from './sources.ts';

// The tools' settings name paths that exist. A tool does not complain of a wrong one: it finds nothing there.

const TOP = [...new Set(FILES.map((file) => file.split('/')[0]))].join('|');
/** A path or a glob from the root in quotes. */
const PATH = new RegExp(`'((?:\\{[\\w,/]+\\}|${TOP})/[^'\\s$]+)'`, 'g');

const namedIn = (text: string) =>
  Array.from(text.matchAll(PATH), ([, path = '']) => alternatives(path)).flat();

const missingFrom = (text: string) =>
  namedIn(text).filter((glob) => globSync(glob, { cwd: ROOT }).length === 0);

test.each(['vitest.config.ts', 'test/mutation/run.ts'])('%s names only paths that exist', (path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');

  expect(namedIn(text).length).toBeGreaterThan(5);
  expect(missingFrom(text)).toEqual([]);
});

test('what the compilers and the mutation run’s tests look at is there', () => {
  const include = (path: string): readonly string[] =>
    JSON.parse(readFileSync(join(ROOT, path), 'utf8')).include;
  const names = [
    ...include('tsconfig.json'),
    ...include('web/tsconfig.json').map((path) => join('web', path)),
    ...(mutation.test?.include ?? []),
  ];

  expect(names.filter((glob) => globSync(glob, { cwd: ROOT }).length === 0)).toEqual([]);
});

test('a path that is not there is found, also as one of several', () => {
  const text = "include: ['shared/{domain,gone}/code.ts', 'local/gone.ts', 'test/unit']";

  expect(missingFrom(text)).toEqual(['shared/gone/code.ts', 'local/gone.ts']);
});
