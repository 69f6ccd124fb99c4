/**
 * Gives a test run a temporary folder of its own, and removes it afterwards with all that is in it. The CDK, for one, makes a
 * folder for each app, and removes it only when its process exits by itself, as Vitest's workers do not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `tmpdir()` reads, on Linux and macOS and on Windows. */
const VARIABLES = ['TMPDIR', 'TEMP', 'TMP'] as const;

export const setup = (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'otp-'));
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);
  // The workers start later, and inherit it.
  for (const name of VARIABLES) process.env[name] = folder;
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  };
};
