import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const PAGES = globSync(['README.md', 'SECURITY.md', 'local/README.md', 'docs/**/*.md'], { cwd: ROOT });

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

it.each(PAGES)('%s links to nothing that is not there', (page) => {
  const targets = Array.from(read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g), ([, target = '']) => target);

  expect(targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
});

it.each(PAGES)('%s names no test that is not there', (page) => {
  const named = Array.from(read(page).matchAll(/`(test\/[\w/.-]+)`/g), ([, path = '']) => path);

  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
