/** Builds the constructs of the published package, without the CDK, which the app has, and their types. */
import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The files of `infra/` that apps import. Each is published under its own name. */
export const ENTRIES = ['email-otp', 'nag'] as const;

/** Read at synthesis from beside the module that has the workflow's construct. */
const WORKFLOW = 'infra/functions/delivery-workflow.asl.json';

const OPTIONS = {
  entryPoints: ENTRIES.map((name) => join(ROOT, 'infra', `${name}.ts`)),
  bundle: true,
  external: ['aws-cdk-lib', 'constructs'],
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
} as const satisfies BuildOptions;

const bundleModules = (outdir: string) =>
  build({ ...OPTIONS, outdir, format: 'esm', splitting: true, chunkNames: 'chunk-[hash]' });

/** For apps that are CommonJS, and above all for Jest, which cannot require an ES module. */
const bundleCommonJs = (outdir: string) =>
  build({
    ...OPTIONS,
    outdir,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });

/** By the ending of a module: that of its types. */
const ENDINGS = { js: 'd.ts', cjs: 'd.cts' } as const;

/** TypeScript leaves `.ts` at the end of the imports of a declaration. What an entry declares may not need any other file. */
const toPublished = (declaration: string, ending: string): string =>
  declaration.replaceAll(/from '\.\/([^']+)\.ts'/g, (_, name: string) => {
    const published = `./${name}.${ending}`;
    if (ENTRIES.some((entry) => entry === name)) return `from '${published}'`;
    throw new Error(`The types of the package would need ${name}.ts, which is not published`);
  });

const writeTypes = async (folder: string, temporary: string): Promise<void> => {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = ['-p', 'tools/package', '--outDir', temporary];
  await promisify(execFile)(process.execPath, [tsc, ...args], { cwd: ROOT });
  for (const name of ENTRIES) {
    const declaration = readFileSync(join(temporary, 'infra', `${name}.d.ts`), 'utf8');
    for (const [ending, types] of Object.entries(ENDINGS))
      writeFileSync(join(folder, `${name}.${types}`), toPublished(declaration, ending));
  }
};

/** Writes the modules and their types to `folder`. `temporary` is an empty folder for what is not published. */
export const buildConstructs = async (folder: string, temporary: string): Promise<void> => {
  await Promise.all([bundleModules(folder), bundleCommonJs(folder), writeTypes(folder, temporary)]);
  copyFileSync(join(ROOT, WORKFLOW), join(folder, 'delivery-workflow.asl.json'));
};
