import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../../local/folder-lock.ts';

test('a folder belongs to one system at a time', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'lock-')), 'below');
  const first = lockFolder(folder);

  expect(() => lockFolder(folder)).toThrow(/is in use by another local system.*npm start -- --folder/);

  first.release();
  lockFolder(folder).release();
});
