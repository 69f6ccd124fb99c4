/**
 * Builds the code of the Lambda functions into `dist/functions`. The stack, the local system and the published package have
 * these very files.
 */
import {
  type Dirent,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type OutputFile } from 'esbuild';
import { codePlace } from '../../infra/code-place.ts';
import { leanLimits } from './lean/lean-limits.ts';
import { leanSdk } from './lean/lean-sdk.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SERVICES = join(ROOT, 'services');
const FUNCTIONS = join(ROOT, 'dist/functions');

/**
 * The esbuild options of the functions of one folder, `outdir`. In it there is a file for each service, where `codePlace` says, and
 * beside them what several of them need, or one may need later.
 */
export const bundleOptions = (services: readonly string[], outdir: string): BuildOptions => ({
  entryPoints: Object.fromEntries(
    services.map((service) => [codePlace(service).file, join(SERVICES, service, 'handler.ts')]),
  ),
  outdir,
  outExtension: { '.js': '.mjs' },
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // What is imported while the function runs gets files of its own, which a start does not read. In one file with the rest it
  // would make every start slower, also because esbuild then leaves out less of what it shares with the rest. And what the
  // functions of a folder share is in it once.
  splitting: true,
  // Without this, esbuild takes the CommonJS builds of the SDK, which start more slowly.
  mainFields: ['module', 'main'],
  // The SDK imports it in browsers only.
  external: ['bowser'],
  alias: { '@aws-sdk/credential-provider-node': join(ROOT, 'shared/lambda/environment-credentials.ts') },
  plugins: [leanSdk, leanLimits],
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

/** Takes away what an earlier build has left, but no file that another process is writing. */
const removeOthers = (folder: string, isOther: (entry: Dirent) => boolean): void => {
  const left = readdirSync(folder, { withFileTypes: true }).filter(isOther);
  for (const { name } of left) rmSync(join(folder, name), { recursive: true, force: true });
};

/**
 * Builds services that share a folder into it. Takes away what an earlier build has left there. Resolves to the paths of all files that
 * are in the bundles, from the root.
 */
export const buildFolder = async (
  services: readonly string[],
  folder: string,
): Promise<readonly string[]> => {
  const options = { ...bundleOptions(services, folder), write: false, metafile: true } as const;
  const { outputFiles, metafile } = await build(options);
  // The entries come last, because they name the others.
  const entries = services.map((service) => join(folder, `${codePlace(service).file}.mjs`));
  const isEntry = ({ path }: OutputFile) => Number(entries.includes(path));
  const files = outputFiles.toSorted((a, b) => isEntry(a) - isEntry(b));
  for (const { path, contents } of files) replace(path, contents);

  const built = new Set(files.map(({ path }) => basename(path)));
  removeOthers(folder, ({ name }) => name.endsWith('.mjs') && !built.has(name));
  return Object.keys(metafile.inputs);
};

/**
 * Builds every folder under `services/` into `folder`, and resolves as `buildFolder`. Rejects with esbuild's message if one cannot be
 * built.
 */
export const buildFunctions = async (folder = FUNCTIONS): Promise<readonly string[]> => {
  const services = Map.groupBy(await readdir(SERVICES), (service) => codePlace(service).folder);
  const inputs = [...services].map(([name, sharing]) => buildFolder(sharing, join(folder, name)));
  const built = (await Promise.all(inputs)).flat();
  removeOthers(folder, (entry) => entry.isDirectory() && !services.has(entry.name));
  return built;
};
