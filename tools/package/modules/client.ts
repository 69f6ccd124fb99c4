/** Builds the client library of the published package, and its types. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { leanTexts } from '../lean/lean-texts.ts';
import { CLIENT, writeTypes } from './entries.ts';
import { rollUp } from './roll-up.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const OPTIONS = {
  entryPoints: Object.fromEntries(CLIENT.map(({ name, source }) => [name, join(ROOT, `${source}.ts`)])),
  bundle: true,
  plugins: [leanTexts],
  platform: 'neutral',
  // Of 2022; what apps build for older browsers they make of it.
  target: 'es2022',
  // The tarball has a limit. What apps build keeps no whitespace anyway.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** `declarations` is the folder that `writeDeclarations` has written. */
export const buildClient = async (folder: string, declarations: string): Promise<void> => {
  await Promise.all([
    build({ ...OPTIONS, outdir: folder, format: 'esm', splitting: true, chunkNames: 'client-[hash]' }),
    build({ ...OPTIONS, outdir: folder, format: 'cjs', outExtension: { '.js': '.cjs' } }),
  ]);
  const homes = new Map<string, string>();
  for (const entry of CLIENT) {
    const { names, write } = rollUp(join(declarations, entry.source));
    writeTypes(folder, entry, write(homes));
    for (const name of names) homes.set(name, entry.name);
  }
};
