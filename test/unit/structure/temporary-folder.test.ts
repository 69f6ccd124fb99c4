import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { setup } from '../../support/process/temporary-folder.ts';

test('every test run has a temporary folder of its own', () => {
  expect(basename(tmpdir())).toMatch(/^otp-/);
});

test('what is in it goes when the run ends', () => {
  const before = tmpdir();
  const end = setup();
  const file = join(tmpdir(), 'left-behind');
  writeFileSync(file, '');

  end();

  expect(file.startsWith(before)).toBe(true);
  expect(existsSync(file)).toBe(false);
  expect(tmpdir()).toBe(before);
});
