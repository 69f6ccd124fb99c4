import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFixture } from '../local/engines/cognito/fixture.ts';
import { ROOT } from '../structure/sources.ts';

// Whoever reads that an operation helps must be able to try it on their own machine.

const TEXT = globSync(['README.md', 'SECURITY.md', 'docs/**/*.md'], { cwd: ROOT })
  .map((path) => readFileSync(join(ROOT, path), 'utf8'))
  .join('\n');

const fromCommand = (command: string) =>
  command.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());

const NAMED = new Set([
  ...Array.from(TEXT.matchAll(/aws cognito-idp ([a-z-]+)/g), ([, command = '']) => fromCommand(command)),
  ...Array.from(TEXT.matchAll(/\b(Admin[A-Z]\w+|GlobalSignOut|RevokeToken)\b/g), ([, name = '']) => name),
]);

test('the local Cognito has every operation that the documents name', () => {
  const { operations } = createFixture();

  expect(NAMED.size).toBeGreaterThan(8);
  expect([...NAMED].filter((name) => operations[name] === undefined)).toEqual([]);
});
