/** Bundles the local system for its package: our code and other people's in a few files, and the console's pages ready built. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundleConsole } from '../../local/console/bundle-console.ts';
import { BUILT_PAGES, writeBuiltPages } from '../../local/console/pages.ts';
import { readManifest } from '../package/manifest.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the bundle loads from another package: only what finds the compiled LevelDB of the platform, from where it lies. */
const BINDING = 'classic-level/binding.js';

/** The one dependency of the package. */
export const NATIVE_PACKAGE = 'classic-level';

const leaveBindingOutside: Plugin = {
  name: 'leave-binding-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/binding$/ }, ({ resolveDir }) =>
      resolveDir.endsWith(NATIVE_PACKAGE) ? { path: BINDING, external: true } : undefined,
    );
  },
};

/** dynalite builds the names of its own files without their endings, where esbuild looks for whole names. */
const nameFilesWhole: Plugin = {
  name: 'name-files-whole',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]dynalite[\\/]index\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/(require\('[^']*' \+ action)\)/g, "$1 + '.js')"),
    }));
  },
};

export interface LocalBundle {
  /** The paths of all files that are in it, from the root. */
  readonly inputs: readonly string[];
  /** What it names of other packages and of Node. */
  readonly outside: readonly string[];
}

const outsideOf = ({ outputs }: Metafile): readonly string[] => {
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  return [...new Set(imports.filter(({ external }) => external).map(({ path }) => path))];
};

/**
 * Writes the program `start.mjs` with all that it loads into `<folder>/dist`: the client that runs in the sandboxes' processes
 * (`runtime.mjs`), and the console. Rejects with esbuild's message if it cannot be bundled.
 */
export const bundleLocalSystem = async (folder: string): Promise<LocalBundle> => {
  const outdir = join(folder, 'dist');
  const bundle = build({
    entryPoints: {
      start: join(ROOT, 'local/main.ts'),
      runtime: join(ROOT, 'local/engines/lambda/sandbox/runtime.ts'),
    },
    outdir,
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    // Without this, esbuild takes the CommonJS builds of the SDK, of which it cannot leave anything out.
    mainFields: ['module', 'main'],
    // The SDK imports the first in browsers only. The pages are built already, so nothing loads the second.
    external: ['bowser', 'esbuild'],
    // Each of the clients is given its credentials.
    alias: { '@aws-sdk/credential-provider-node': join(ROOT, 'shared/lambda/environment-credentials.ts') },
    plugins: [leaveBindingOutside, nameFilesWhole],
    define: { PACKAGE_VERSION: JSON.stringify(readManifest().version) },
    // dynalite and LevelDB are CommonJS, which asks for what Node has by this function.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const [{ metafile }, pages] = await Promise.all([bundle, bundleConsole()]);
  writeFileSync(join(outdir, BUILT_PAGES), writeBuiltPages(pages));
  return { inputs: [...Object.keys(metafile.inputs), ...pages.inputs], outside: outsideOf(metafile) };
};
