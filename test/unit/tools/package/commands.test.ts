import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCommands } from '../../../../tools/package/commands.ts';

let folder: string;
let files: readonly { readonly name: string; readonly text: string }[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/stale.mjs'), '');
  await buildCommands(folder);
  files = readdirSync(join(folder, 'bin')).map((name) => ({
    name,
    text: readFileSync(join(folder, 'bin', name), 'utf8'),
  }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const matchesOf = (pattern: RegExp): readonly string[] =>
  files.flatMap(({ text }) => Array.from(text.matchAll(pattern), ([match, named]) => named ?? match));

test('there is one program to start, and nothing from an earlier build', () => {
  const program = join(folder, 'bin/cognito-email-otp.mjs');

  expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(statSync(program).mode & 0o111).toBe(0o111);
  expect(files.map(({ name }) => name)).not.toContain('stale.mjs');
  expect(files.filter(({ text }) => text.startsWith('#!'))).toHaveLength(1);
});

test('a command needs no other package', () => {
  const needed = matchesOf(/\b(?:from|import)\s*\(?\s*"([\w@./:-]+)"/g).filter(
    (name) => !name.startsWith('./') && !isBuiltin(name),
  );

  // The SDK imports the one in browsers only, and names the other in an error.
  expect(new Set(needed)).toEqual(new Set(['bowser', '@aws-sdk/signature-v4-crt']));
});

test('what starts the program is small, so that help comes at once', () => {
  const { text = '' } = files.find(({ name }) => name === 'cognito-email-otp.mjs') ?? {};
  const loaded = Array.from(text.matchAll(/\bimport(?:\{[^}]*\}from)?"\.\/([^"]+)"/g), ([, name]) => name);
  const size = files
    .filter(({ name }) => loaded.includes(name))
    .reduce((sum, file) => sum + file.text.length, 0);

  expect(loaded.length).toBeGreaterThan(3);
  expect(text.length + size).toBeLessThan(30_000);
});

test('all commands together have at most 200 KB, compressed', () => {
  const size = files.reduce((sum, { text }) => sum + gzipSync(text).length, 0);

  expect(size).toBeLessThan(200_000);
});

test('nothing is used that came to JavaScript or Node after Node 20, unless it is asked for first', () => {
  const newer =
    /\.(?:groupBy|fromAsync|withResolvers|isSubsetOf|isSupersetOf|symmetricDifference|getOrInsert|isError)\(|Promise\.try|RegExp\.escape|globSync|import\.meta\.(?:dirname|filename|main)\b|\b(?:await )?using \w+ ?=/g;

  expect(matchesOf(newer)).toEqual([]);
});
