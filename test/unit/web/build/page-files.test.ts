import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { POLICY } from '../../../../web/build/fill-page.ts';
import { buildPage } from '../../../../web/build/page-files.ts';

test('the built page loads what is beside it, has a place for its policy, and nothing from an earlier build', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'));
  const stale = join(folder, 'page/assets/sign-in-OLD.js');
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  writeFileSync(stale, '');

  const { page } = await buildPage(folder);

  const html = readFileSync(join(page, 'index.html'), 'utf8');
  expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
  const named = Array.from(html.matchAll(/(?:src|href)="(assets\/[^"]+)"/g), ([, path = '']) => path);
  expect(named.length).toBe(3);
  expect(named.filter((path) => !existsSync(join(page, path)))).toEqual([]);
  expect(existsSync(stale)).toBe(false);
  rmSync(folder, { recursive: true });
});
