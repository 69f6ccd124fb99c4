/**
 * Builds the code of the Lambda functions into `dist/functions`. The stack, the local system and the published package have
 * these very files.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SERVICES = join(ROOT, 'services');
const FUNCTIONS = join(ROOT, 'dist/functions');

/** The esbuild options of every function; the bundle is `index.mjs` in `folder`, one file with everything that it imports. */
export const bundleOptions = (service: string, folder: string): BuildOptions => ({
  entryPoints: [join(SERVICES, service, 'handler.ts')],
  outfile: join(folder, 'index.mjs'),
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Without this, esbuild takes the CommonJS builds of the SDK, which start more slowly.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': join(ROOT, 'shared/lambda/environment-credentials.ts') },
  minify: true,
  logLevel: 'warning',
});

const isAsWritten = (path: string, content: Uint8Array): boolean => {
  try {
    return readFileSync(path).equals(content);
  } catch {
    return false;
  }
};

/** Another process may read the file or build it too, so it is replaced as a whole, and only if it changes. */
const replace = (path: string, content: Uint8Array): void => {
  if (isAsWritten(path, content)) return;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
};

/** Builds every folder under `services/`. Rejects with esbuild's message if one cannot be built. */
export const buildFunctions = async (): Promise<void> => {
  const services = await readdir(SERVICES);
  await Promise.all(
    services.map(async (service) => {
      const options = bundleOptions(service, join(FUNCTIONS, service));
      const { outputFiles = [] } = await build({ ...options, write: false });
      for (const { path, contents } of outputFiles) replace(path, contents);
    }),
  );
};
