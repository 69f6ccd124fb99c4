/**
 * Builds the code of the Lambda functions into `dist/functions`. The stack, the local system and the published package have
 * these very files.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type OutputFile } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SERVICES = join(ROOT, 'services');
const FUNCTIONS = join(ROOT, 'dist/functions');

/** The esbuild options of every function; the bundle is `index.mjs` in `folder`, and beside it what it may need later. */
export const bundleOptions = (service: string, folder: string): BuildOptions => ({
  entryPoints: [join(SERVICES, service, 'handler.ts')],
  outdir: folder,
  entryNames: 'index',
  outExtension: { '.js': '.mjs' },
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // What is imported while the function runs gets files of its own, which a start does not read. In one file with the rest it
  // would make every start slower, also because esbuild then leaves out less of what it shares with the rest.
  splitting: true,
  // Without this, esbuild takes the CommonJS builds of the SDK, which start more slowly.
  mainFields: ['module', 'main'],
  // The SDK imports it in browsers only.
  external: ['bowser'],
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

/**
 * Another process may read the file or build it too, so it is replaced as a whole, and only if it changes. Until it is finished
 * it lies outside the folder, all of which is deployed.
 */
const replace = (path: string, content: Uint8Array): void => {
  if (isAsWritten(path, content)) return;
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const unfinished = join(dirname(folder), `${basename(folder)}-${basename(path)}.${process.pid}`);
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
};

/**
 * Builds one folder under `services/` into `folder`. Takes away what an earlier build has left there. Resolves to the paths of
 * all files that are in the bundle, from the root.
 */
export const buildFunction = async (service: string, folder: string): Promise<readonly string[]> => {
  const options = { ...bundleOptions(service, folder), write: false, metafile: true } as const;
  const { outputFiles, metafile } = await build(options);
  // The entry comes last, because it names the others.
  const isEntry = ({ path }: OutputFile) => Number(path === join(folder, 'index.mjs'));
  const files = outputFiles.toSorted((a, b) => isEntry(a) - isEntry(b));
  for (const { path, contents } of files) replace(path, contents);

  const built = new Set(files.map(({ path }) => basename(path)));
  const left = readdirSync(folder).filter((name) => name.endsWith('.mjs') && !built.has(name));
  for (const name of left) rmSync(join(folder, name), { force: true });
  return Object.keys(metafile.inputs);
};

/**
 * Builds every folder under `services/` into one of `folder`, and resolves as `buildFunction`. Rejects with esbuild's message if
 * one cannot be built.
 */
export const buildFunctions = async (folder = FUNCTIONS): Promise<readonly string[]> => {
  const services = await readdir(SERVICES);
  const inputs = services.map((service) => buildFunction(service, join(folder, service)));
  return (await Promise.all(inputs)).flat();
};
