/** The `package.json` of the published package, made from the repository's. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CLIENT, CONSTRUCTS, type Entry } from './modules/entries.ts';

const SOURCE = fileURLToPath(new URL('../../package.json', import.meta.url));

/** What both have. */
const SHARED = [
  'name',
  'version',
  'description',
  'keywords',
  'license',
  'repository',
  'type',
  'engines',
  'publishConfig',
  'peerDependencies',
  'peerDependenciesMeta',
] as const;

type Manifest = Readonly<Record<(typeof SHARED)[number], unknown>> & {
  readonly version: string;
  readonly imports: Readonly<Record<string, string>>;
};

export const readManifest = (): Manifest => JSON.parse(readFileSync(SOURCE, 'utf8'));

const exportsOf = (entries: readonly Entry[]) =>
  Object.fromEntries(
    entries.map(({ path, name }) => [
      `.${path}`,
      {
        import: { types: `./${name}.d.ts`, default: `./${name}.js` },
        require: { types: `./${name}.d.cts`, default: `./${name}.cjs` },
      },
    ]),
  );

/** The repository's scripts and its dependencies are left out: users of the package have no use for them. */
export const publishedManifest = (): Readonly<Record<string, unknown>> => {
  const source = readManifest();
  const main = CONSTRUCTS[0]?.name;
  return {
    ...Object.fromEntries(
      SHARED.filter((name) => source[name] !== undefined).map((name) => [name, source[name]]),
    ),
    // These two are for TypeScript's older ways to find a module, which do not read `exports`.
    main: `./${main}.cjs`,
    types: `./${main}.d.ts`,
    exports: {
      ...exportsOf([...CONSTRUCTS, ...CLIENT]),
      './texts/*.json': './texts/*.json',
      './package.json': './package.json',
    },
    bin: { 'cognito-email-otp': 'bin/cognito-email-otp.mjs' },
    imports: Object.fromEntries(
      Object.entries(source.imports).map(([name, path]) => [
        name,
        path.replace(/^\.\/(?:dist|shared)\//, './'),
      ]),
    ),
    sideEffects: false,
  };
};
