/** What the published package lets apps import, and the types of it as TypeScript writes them. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Entry {
  /** As an app imports it, behind the package's name; empty for the name alone. */
  readonly path: string;
  /** The published files have this name. */
  readonly name: string;
  /** From the root, without its ending. */
  readonly source: string;
}

/** For CDK apps. */
export const CONSTRUCTS: readonly Entry[] = [
  { path: '', name: 'email-otp', source: 'infra/email-otp' },
  { path: '/nag', name: 'nag', source: 'infra/nag' },
];

/** For apps that users sign in to, in browsers or on servers. */
export const CLIENT: readonly Entry[] = [
  { path: '/client', name: 'client', source: 'client/client' },
  { path: '/client/words', name: 'client-words', source: 'client/words/words' },
];

/** By the ending of a module: that of its types. */
const TYPES_ENDINGS = { js: 'd.ts', cjs: 'd.cts' } as const;

/**
 * Writes the types of every entry and of all that they import into `folder`, below their paths from the root, and what TypeScript prints
 * into the error if it fails.
 */
export const writeDeclarations = async (folder: string): Promise<void> => {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tools/package', '--outDir', folder], {
    cwd: ROOT,
  });
};

/** Writes the types of an entry for both kinds of module. In `types`, the imports end in `.js`. */
export const writeTypes = (folder: string, { name }: Entry, types: string): void => {
  for (const [ending, typesEnding] of Object.entries(TYPES_ENDINGS)) {
    const text = types.replaceAll(/(from '\.\/[\w-]+)\.js'/g, `$1.${ending}'`);
    writeFileSync(join(folder, `${name}.${typesEnding}`), text);
  }
};
