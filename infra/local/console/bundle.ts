/** Bundles the web console, once and in memory. */
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type OutputFile } from 'esbuild';

const SOURCE = new URL('../../../services/console/', import.meta.url);

export interface ConsoleFile {
  readonly contentType: string;
  readonly body: Buffer | string;
}

/** Files by their path below the console's root, `assets/…`, and pages by their own, for instance `inbox`. */
export interface ConsoleBundle {
  readonly assets: ReadonlyMap<string, ConsoleFile>;
  readonly pages: ReadonlyMap<string, string>;
  /** The sign-in page by itself, to be served with the assets that it needs for a deployed pool. */
  signInPage(policy: string): { readonly html: string; readonly assets: readonly string[] };
}

interface Page {
  /** Its folder in the source. */
  readonly name: string;
  /** Relative to the console's root, so that the console can be served from anywhere. */
  readonly path: string;
  readonly title: string;
}

const SIGN_IN: Page = { name: 'sign-in', path: '', title: 'Sign in' };
const OTHER_PAGES: readonly Page[] = [
  { name: 'inbox', path: 'inbox', title: 'Inbox' },
  { name: 'users', path: 'users', title: 'Users' },
  { name: 'executions', path: 'executions', title: 'Executions' },
  { name: 'audit', path: 'audit', title: 'Audit trail' },
  { name: 'dashboard', path: 'dashboard', title: 'Dashboard' },
  { name: 'faults', path: 'faults', title: 'Faults' },
];
const PAGES = [SIGN_IN, ...OTHER_PAGES];

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const source = (path: string): string => fileURLToPath(new URL(path, SOURCE));
const readSource = (path: string): string => readFileSync(source(path), 'utf8');

const runBuild = () =>
  build({
    entryPoints: {
      ...Object.fromEntries(PAGES.map(({ name }) => [name, source(`${name}/page.ts`)])),
      style: source('style/style.css'),
      favicon: source('favicon.svg'),
    },
    loader: { '.svg': 'copy' },
    outdir: source('assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });

/** The names of the scripts that a page loads, at once or later. */
const scriptsOf = (page: Page, { outputs }: Metafile): readonly string[] => {
  const isEntry = (path: string) => outputs[path]?.entryPoint?.endsWith(`/${page.name}/page.ts`);
  const paths = new Set(Object.keys(outputs).filter(isEntry));
  // What is added on the way is visited too.
  for (const path of paths) for (const imported of outputs[path]?.imports ?? []) paths.add(imported.path);
  return [...paths].map((path) => basename(path));
};

const navigation = (current: Page): string => {
  const item = ({ name, path, title }: Page) => {
    const here = name === current.name ? ' aria-current="page"' : '';
    return `<li><a href="./${path}" data-label="${title}"${here}>${title}</a></li>`;
  };
  return `<nav aria-label="Main"><ul>${PAGES.map(item).join('')}</ul></nav>`;
};

const fill = (layout: string, parts: Readonly<Record<string, string>>): string =>
  layout.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? '');

const bundle = async (): Promise<ConsoleBundle> => {
  const { outputFiles, metafile } = await runBuild();
  const nameOf = ({ path }: OutputFile) => `assets/${path.slice(source('assets/').length)}`;
  const assets = new Map(
    outputFiles.map((file): [string, ConsoleFile] => [
      nameOf(file),
      {
        contentType: CONTENT_TYPES[extname(file.path)] ?? 'application/octet-stream',
        body: Buffer.from(file.contents),
      },
    ]),
  );
  const asset = (name: string, extension: string): string =>
    [...assets.keys()].find((path) => path.startsWith(`assets/${name}-`) && path.endsWith(extension)) ?? '';
  const layout = readSource('layout.html');
  const compose = (page: Page, parts: Readonly<Record<string, string>>): string =>
    fill(layout, {
      title: page.title,
      icon: asset('favicon', '.svg'),
      style: asset('style', '.css'),
      script: asset(page.name, '.js'),
      main: readSource(`${page.name}/page.html`),
      ...parts,
    });
  return {
    assets,
    pages: new Map(PAGES.map((page) => [page.path, compose(page, { nav: navigation(page) })])),
    signInPage: (policy) => ({
      html: compose(SIGN_IN, {
        policy: `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
      }),
      assets: [
        asset('style', '.css'),
        asset('favicon', '.svg'),
        ...scriptsOf(SIGN_IN, metafile).map((name) => `assets/${name}`),
      ],
    }),
  };
};

let bundled: Promise<ConsoleBundle> | undefined;

/** The same bundle for everybody in this process. Rejects with esbuild's message where the source does not build. */
export const bundleConsole = (): Promise<ConsoleBundle> => {
  bundled ??= bundle();
  return bundled;
};
