import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderInUseError, lockFolder } from '../../../local/folder-lock.ts';

test('a folder belongs to one system at a time', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'lock-')), 'below');
  const first = lockFolder(folder);

  expect(() => lockFolder(folder)).toThrow(FolderInUseError);

  first.release();
  lockFolder(folder).release();
});
