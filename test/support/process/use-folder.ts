import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach } from 'vitest';

/** Gives each test of a file an empty folder, which is removed after it. Returns how a test gets its path. */
export const useFolder = (): (() => string) => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'test-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });
  return () => folder;
};
