import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import english from '../../../../shared/texts/en.json' with { type: 'json' };
import { fillPage, POLICY } from '../../../../web/build/fill-page.ts';
import { LANGUAGES } from '../../../../web/build/language-files.ts';

const IDS = { region: 'eu-west-1', poolId: 'eu-west-1_AbC', clientId: '1h57kf', returnTo: [] };

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
  fillPage(page, { region: 'us-east-1', poolId: 'us-east-1_X', clientId: 'x', returnTo: [], out });

  expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('us-east-1');
  expect(readFileSync(join(out, 'config.json'), 'utf8')).toContain('us-east-1_X');
  expect(readFileSync(join(page, 'index.html'), 'utf8')).toContain(POLICY);
});

test('a page without a place for its policy is not written', () => {
  writeFileSync(join(page, 'index.html'), '<p></p>');

  expect(() => fillPage(page, { ...IDS, out })).toThrow('without a place for its policy');
  expect(readdirSync(folder)).toEqual(['page']);
});

test('a company’s page has its brand, its words, and the places to which it may send people', () => {
  const mail = join(folder, 'mail');
  mkdirSync(join(mail, 'texts'), { recursive: true });
  const brand = { name: 'Example', logoUrl: 'https://cdn.example.com/logo.png', replyTo: 'help@example.com' };
  writeFileSync(join(mail, 'mail.json'), JSON.stringify({ brand }));
  writeFileSync(join(mail, 'texts/en.json'), JSON.stringify({ page: { signInTitle: 'Hello' } }));
  writeFileSync(join(page, 'index.html'), `<meta content="${POLICY}"><p data-offered="${LANGUAGES}">`);

  fillPage(page, { ...IDS, out, mail, returnTo: ['/app/'] });

  const config = JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'));
  expect(config).toMatchObject({
    brand: { name: 'Example', logoUrl: brand.logoUrl },
    returnTo: ['/app/'],
  });
  expect(config.brand).not.toHaveProperty('replyTo');
  const html = readFileSync(join(out, 'index.html'), 'utf8');
  expect(html).toContain("img-src 'self' https://cdn.example.com;");
  const [, path = ''] = /&#34;en&#34;:&#34;(assets\/texts-en-\w+\.json)&#34;/.exec(html) ?? [];
  const words = JSON.parse(readFileSync(join(out, path), 'utf8'));
  expect(words.page).toEqual({ ...english.page, signInTitle: 'Hello' });
  expect(Object.keys(words)).toEqual(['page', 'words']);
});

test('a company’s folder that is wrong is refused, saying all that is wrong in it', () => {
  const mail = join(folder, 'mail');
  mkdirSync(join(mail, 'texts'), { recursive: true });
  writeFileSync(join(mail, 'mail.json'), JSON.stringify({ brand: { logoUrl: 'http://example.com/a.png' } }));
  writeFileSync(join(mail, 'texts/en.json'), JSON.stringify({ page: { signInTitel: 'Hello' } }));

  const fill = () => fillPage(page, { ...IDS, out, mail });

  expect(fill).toThrow(/brand\.name is missing/);
  expect(fill).toThrow(/signInTitel/);
  expect(existsSync(out)).toBe(false);
});

test.each<readonly [string, string, RegExp]>([
  ['mail.json', '5', /mail\.json must be an object/],
  ['mail.json', '[]', /mail\.json must be an object/],
  ['mail.json', '{"colour":"#123456"}', /colour is not known/],
  ['mail.json', '{"texts":"x"}', /texts is the folder beside it/],
  ['de.json', '{}', /de\.json is not read: move it into .*texts/],
])('a folder with a %s of %s is refused, as at synthesis', (name, content, problem) => {
  const mail = join(folder, 'mail');
  mkdirSync(join(mail, 'texts'), { recursive: true });
  writeFileSync(join(mail, name), content);

  expect(() => fillPage(page, { ...IDS, out, mail })).toThrow(problem);
  expect(existsSync(out)).toBe(false);
});

test('what is no folder is refused by the name of its option', () => {
  const mail = join(page, 'index.html');

  expect(() => fillPage(page, { ...IDS, out, mail })).toThrow('--mail must be a folder with mail.json');
});

test('a folder that has neither is refused', () => {
  expect(() => fillPage(page, { ...IDS, out, mail: folder })).toThrow('has neither');
});
