import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { keepPrivate } from '../../../../local/ground/private-folder.ts';

let folder: string;
beforeEach(() => {
  const above = mkdtempSync(join(tmpdir(), 'private-'));
  folder = join(above, 'below', 'local');
  return () => rmSync(above, { recursive: true });
});

const mode = (...path: readonly string[]) => (statSync(join(folder, ...path)).mode & 0o777).toString(8);

/** A file that everybody may read, in folders that everybody may list. */
const openFile = (...path: readonly string[]) => {
  const file = join(folder, ...path);
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  writeFileSync(file, 'x', { mode: 0o644 });
};

test('a folder that is created is its owner’s alone, with those above it that are created too', () => {
  keepPrivate(folder);

  expect([mode(), mode('..')]).toEqual(['700', '700']);
});

test('what an earlier start left open is closed', () => {
  openFile('state', 'state.sqlite');
  openFile('state', 'dynamodb', '000003.log');
  openFile('logs', 'Verify.log');
  openFile('cdk.out', 'asset', 'index.mjs');
  openFile('lock.sqlite');
  openFile('outputs.json');

  keepPrivate(folder);

  const folders = [[], ['state'], ['state', 'dynamodb'], ['logs'], ['cdk.out'], ['cdk.out', 'asset']];
  expect(folders.map((path) => mode(...path))).toEqual(folders.map(() => '700'));
  const files = [
    ['state', 'state.sqlite'],
    ['state', 'dynamodb', '000003.log'],
    ['logs', 'Verify.log'],
    ['cdk.out', 'asset', 'index.mjs'],
    ['lock.sqlite'],
    ['outputs.json'],
  ];
  expect(files.map((path) => mode(...path))).toEqual(files.map(() => '600'));
});

test('a folder with other things in it, and those things, stay as they are', () => {
  openFile('state', 'state.sqlite');
  openFile('src', 'index.html');

  keepPrivate(folder);

  expect([mode(), mode('src'), mode('src', 'index.html')]).toEqual(['755', '755', '644']);
  expect([mode('state'), mode('state', 'state.sqlite')]).toEqual(['700', '600']);
});

test('a folder of the project is closed, whatever the tests have left in it', () => {
  folder = join(folder, '.local-2');
  openFile('test', 'template.json');

  keepPrivate(folder);

  expect([mode(), mode('test', 'template.json')]).toEqual(['700', '644']);
});

test('what a link points to stays as it is', () => {
  openFile('..', 'elsewhere', 'file');
  openFile('state', 'state.sqlite');
  symlinkSync(join(folder, '..', 'elsewhere'), join(folder, 'state', 'link'));

  keepPrivate(folder);

  expect([mode('..', 'elsewhere'), mode('..', 'elsewhere', 'file')]).toEqual(['755', '644']);
});
