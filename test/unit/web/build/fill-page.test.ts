import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { fillPage, POLICY } from '../../../../web/build/fill-page.ts';

const IDS = { region: 'eu-west-1', poolId: 'eu-west-1_AbC', clientId: '1h57kf' };

let folder: string;
let page: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  page = join(folder, 'page');
  out = join(folder, 'of/a/pool');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), `<meta content="${POLICY}"><p>$& {{more}}</p>`);
  writeFileSync(join(page, 'assets/script-1.js'), 'script');
  return () => rmSync(folder, { recursive: true });
});

test('the page of a pool has the pool, the policy for its region, and all that it loads', () => {
  fillPage(page, { ...IDS, out });

  expect(readdirSync(out).toSorted()).toEqual(['assets', 'config.json', 'index.html']);
  expect(JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'))).toEqual({
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_AbC',
    userPoolClientId: '1h57kf',
  });
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toMatch(
    /^<meta content="default-src 'self'; connect-src 'self' https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com; .*"><p>\$& \{\{more\}\}<\/p>$/,
  );
  expect(readFileSync(join(out, 'assets/script-1.js'), 'utf8')).toBe('script');
});

test('a page replaces the one of another pool, and leaves the built files as they are', () => {
  fillPage(page, { ...IDS, out });
  fillPage(page, { region: 'us-east-1', poolId: 'us-east-1_X', clientId: 'x', out });

  expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('us-east-1');
  expect(readFileSync(join(out, 'config.json'), 'utf8')).toContain('us-east-1_X');
  expect(readFileSync(join(page, 'index.html'), 'utf8')).toContain(POLICY);
});

test('a page without a place for its policy is not written', () => {
  writeFileSync(join(page, 'index.html'), '<p></p>');

  expect(() => fillPage(page, { ...IDS, out })).toThrow('without a place for its policy');
  expect(readdirSync(folder)).toEqual(['page']);
});
