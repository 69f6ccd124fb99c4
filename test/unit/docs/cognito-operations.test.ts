import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REFUSED_OPERATIONS } from '../../../local/engines/cognito/refused-operations.ts';
import { createFixture } from '../local/engines/cognito/fixture.ts';
import { ROOT } from '../structure/sources.ts';

// Whoever reads that an operation helps must be able to try it on their own machine.

/** What was compared with what: a page of its own, which also names what is refused. */
const COMPARED = 'docs/local/cognito.md';

const TEXT = globSync(['README.md', 'SECURITY.md', 'docs/**/*.md'], { cwd: ROOT })
  .filter((path) => path.replaceAll('\\', '/') !== COMPARED)
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))
  .join('\n');

const fromCommand = (command: string) =>
  command.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());

const NAMED = new Set([
  ...Array.from(TEXT.matchAll(/aws cognito-idp ([a-z-]+)/g), ([, command = '']) => fromCommand(command)),
  ...Array.from(TEXT.matchAll(/\b(Admin[A-Z]\w+|GlobalSignOut|RevokeToken)\b/g), ([, name = '']) => name),
]);

const allOperations = () => Object.keys(createFixture().operations);
const isPlayed = (name: string) => !REFUSED_OPERATIONS.has(name);

test('the local Cognito has every operation that the documents name', () => {
  const played = allOperations().filter(isPlayed);

  expect(NAMED.size).toBeGreaterThan(8);
  expect([...NAMED].filter((name) => !played.includes(name))).toEqual([]);
});

const page = readFileSync(join(ROOT, COMPARED), 'utf8');
/** The cells of each row. No cell has a bar in it. */
const rows = page
  .split('\n')
  .filter((line) => /^\| (?!operation|-)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('each operation that the local Cognito plays has a row that says what it was compared with', () => {
  const all = allOperations();
  const played = all.filter(isPlayed);
  const subjects = rows.map(([, subject = '']) => subject).join(' ');

  expect(played.length).toBeGreaterThan(35);
  expect(played.filter((name) => !new RegExp(`\\b${name}\\b`).test(subjects))).toEqual([]);
  expect(rows.filter((cells) => cells.length !== 5 || cells.slice(1, 4).includes(''))).toEqual([]);
  expect(page).toContain(`${REFUSED_OPERATIONS.size} of ${all.length} in SDK`);
  expect(page).toContain(`${played.length} are played`);
});
