import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { openReachedFile } from '../../../../commands/attach/reached-file.ts';
import { MINUTE, NOW } from '../../../support/table/challenges.ts';

const DAY = 24 * 60 * MINUTE;
const BEGUN = { startedAt: NOW, page: 'token', users: 120 };

let folder: string;
const open = (what = 'these clients') => openReachedFile(join(folder, 'undo.json'), what);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reached-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

it('remembers how far a run has come, for its owner alone, until it is removed', () => {
  expect(open().read(NOW)).toBeUndefined();

  open().write({ ...BEGUN, users: 60 });
  open().write(BEGUN);

  expect(open().read(NOW + MINUTE)).toEqual(BEGUN);
  expect(readdirSync(folder)).toEqual(['undo.json.signed-out']);
  expect(statSync(open().path).mode & 0o777).toBe(0o600);
  open().remove();
  open().remove();
  expect(readdirSync(folder)).toEqual([]);
});

it('begins again for other clients, for the same ones found open once more, and after a day', () => {
  open().write(BEGUN);

  expect(open('other clients').read(NOW)).toBeUndefined();
  expect(open().read(NOW + DAY - 1)).toEqual(BEGUN);
  expect(open().read(NOW + DAY)).toBeUndefined();
  // A clock that was wrong says nothing about what was done since.
  expect(open().read(NOW - 1)).toBeUndefined();
});

it.each([
  '',
  'no JSON',
  '{"what":"these clients"}',
  '{"what":"these clients","page":1,"users":1,"startedAt":1}',
])('begins again with a file that it cannot use: %s', (text) => {
  writeFileSync(open().path, text);

  expect(open().read(NOW)).toBeUndefined();
});

it('is known to be unwritable before anybody is signed out', () => {
  expect(() => openReachedFile(join(folder, 'nowhere', 'undo.json'), 'x').requireWritable()).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  );
});
