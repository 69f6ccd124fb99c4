import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../structure/sources.ts';

const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
/** The tests that are named as proof, each once. */
const named = [...new Set([...text.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path = '']) => path))];

test.each(named)('SECURITY.md names %s, and it is there', (path) => {
  expect(existsSync(join(ROOT, path))).toBe(true);
});

test('each row of a table of threats names a test that proves it, or a page that says more', () => {
  const threats = text.slice(text.indexOf('## Threats'), text.indexOf('## Standards'));
  const rows = threats
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (what stops it|who|door) \|/.test(line));

  expect(rows.filter((row) => !/`test\/|\]\(|your own review/.test(row))).toEqual([]);
});
