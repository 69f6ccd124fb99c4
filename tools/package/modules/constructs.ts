/** Builds the constructs of the published package, without the CDK, which the app has, and their types. */
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { CONSTRUCTS, type Entry, writeTypes } from './entries.ts';
import { declarationsOf } from './roll-up.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Read at synthesis from beside the module that has the workflow's construct. */
const WORKFLOW = 'infra/functions/delivery-workflow.asl.json';

/** Read at synthesis, and by apps that want a language's texts. */
const TEXTS = 'shared/texts';

const OPTIONS = {
  entryPoints: CONSTRUCTS.map(({ source }) => join(ROOT, `${source}.ts`)),
  bundle: true,
  external: ['aws-cdk-lib', 'constructs'],
  platform: 'node',
  target: 'node20',
  // The tarball has a limit. Names stay, so that an error at synthesis still says where it is.
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** CommonJS, because Jest cannot require anything else. */
const bundle = (outdir: string) =>
  build({
    ...OPTIONS,
    outdir,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });

/** Node reads there what a CommonJS module exports, without running it. */
const EXPORTED = /\b0\s*&&\s*\(module\.exports\s*=\s*\{([^}]+)\}\);\s*$/;

/**
 * Writes the ES module of an entry. It gives what the CommonJS one has, so that there is one `EmailOtp`, however the parts of an
 * app load it. Throws if the CommonJS module does not say what it exports.
 */
const writeModule = (folder: string, { name }: Entry): void => {
  const [, names] = EXPORTED.exec(readFileSync(join(folder, `${name}.cjs`), 'utf8')) ?? [];
  if (names === undefined) throw new Error(`${name}.cjs does not say what it exports`);
  writeFileSync(join(folder, `${name}.js`), `export { ${names} } from './${name}.cjs';\n`);
};

const IMPORT = /^import type \{ ([^}]*) \} from '([^']+)';\n/gm;

/** `module name` of all that a declaration imports. */
const importedIn = (declaration: string): readonly string[] =>
  Array.from(declaration.matchAll(IMPORT), ([, names = '', from = '']) =>
    names.split(', ').map((name) => `${from} ${name}`),
  ).flat();

/**
 * Puts the types that other files declare for an entry into the entry's own declaration, which exports them with its own: of a file below
 * the entry's folder all of them, and of another one those that are named. Such a file may import what the entry imports too, and
 * nothing else.
 */
const withTypesOf = (declaration: string, folder: string): string =>
  declaration.replaceAll(
    /^import type \{ ([^}]*) \} from '(\.[^']*)\.ts';\n/gm,
    (line, names: string, from: string) => {
      if (CONSTRUCTS.some((entry) => `./${entry.name}` === from)) return line;
      const path = join(folder, from);
      if (from.startsWith('../')) return declarationsOf(path, names.split(', '));
      const text = withTypesOf(readFileSync(`${path}.d.ts`, 'utf8'), dirname(path));
      const known = importedIn(declaration);
      const missing = importedIn(text).filter((one) => !known.includes(one));
      if (missing.length > 0)
        throw new Error(`The types of ${path}.ts need ${missing}, which the entry lacks`);
      return text.replace(/^\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n(?=import|\n|\/\*\*)/, '').replaceAll(IMPORT, '');
    },
  );

/** TypeScript leaves `.ts` at the end of the imports of a declaration. What an entry declares may not need any other file. */
const toPublished = (declaration: string): string =>
  declaration.replaceAll(/from '\.\/([^']+)\.ts'/g, (_, name: string) => {
    if (CONSTRUCTS.some((entry) => entry.name === name)) return `from './${name}.js'`;
    throw new Error(`The types of the package would need ${name}.ts, which is not published`);
  });

/** Throws if anything of another package is in the modules. What of it is not used leaves nothing behind. */
const refuseForeign = ({ outputs }: Metafile): void => {
  const foreign = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => path.includes('node_modules/') && bytesInOutput > 0);
  if (foreign.length > 0)
    throw new Error(`The constructs would have ${foreign.map(([path]) => path)} in them`);
};

/** Writes the modules and their types to `folder`. `declarations` is the folder that `writeDeclarations` has written. */
export const buildConstructs = async (folder: string, declarations: string): Promise<void> => {
  const { metafile } = await bundle(folder);
  refuseForeign(metafile);
  for (const entry of CONSTRUCTS) {
    const path = join(declarations, `${entry.source}.d.ts`);
    const declaration = withTypesOf(readFileSync(path, 'utf8'), dirname(path));
    writeTypes(folder, entry, toPublished(declaration));
    writeModule(folder, entry);
  }
  copyFileSync(join(ROOT, WORKFLOW), join(folder, 'delivery-workflow.asl.json'));
  cpSync(join(ROOT, TEXTS), join(folder, 'texts'), { recursive: true });
};
