/** Bundles web pages, in memory. */
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';

const WEB = new URL('../', import.meta.url);
const STYLE = new URL('./style/style.css', WEB);

export interface PageFile {
  readonly contentType: string;
  readonly body: Buffer | string;
}

/** Files by their path below the pages' root, such as `assets/…`, and pages by their path, such as `inbox`. */
export interface PageBundle {
  readonly assets: ReadonlyMap<string, PageFile>;
  readonly pages: ReadonlyMap<string, string>;
  /** The paths of all files that are in the bundles, from the root. */
  readonly inputs: readonly string[];
}

export interface WebPage {
  readonly name: string;
  /** Relative to the pages' root, so that they can be served from anywhere. */
  readonly path: string;
  readonly title: string;
  /** Holds `page.ts` and `page.html`; ends with a slash. */
  readonly folder: URL;
}

export const SIGN_IN_PAGE: WebPage = {
  name: 'sign-in',
  path: '',
  title: 'Sign in',
  folder: new URL('./sign-in/', WEB),
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const ROOT = fileURLToPath(new URL('../', WEB));
const OUT = fileURLToPath(new URL('./assets', WEB));
const scriptOf = ({ folder }: WebPage): string => fileURLToPath(new URL('./page.ts', folder));

const runBuild = (pages: readonly WebPage[], style: URL) =>
  build({
    entryPoints: {
      ...Object.fromEntries(pages.map((page) => [page.name, scriptOf(page)])),
      style: fileURLToPath(style),
      favicon: fileURLToPath(new URL('./favicon.svg', WEB)),
    },
    loader: { '.svg': 'copy' },
    outdir: OUT,
    absWorkingDir: ROOT,
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

const navigation = (pages: readonly WebPage[], current: WebPage): string => {
  const item = ({ name, path, title }: WebPage) => {
    const here = name === current.name ? ' aria-current="page"' : '';
    return `<li><a href="./${path}" data-label="${title}"${here}>${title}</a></li>`;
  };
  return `<nav aria-label="Main"><ul>${pages.map(item).join('')}</ul></nav>`;
};

const fill = (layout: string, parts: Readonly<Record<string, string>>): string =>
  layout.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? '');

const toAsset = (file: OutputFile): [string, PageFile] => [
  `assets/${basename(file.path)}`,
  {
    contentType: CONTENT_TYPES[extname(file.path)] ?? 'application/octet-stream',
    body: Buffer.from(file.contents),
  },
];

/**
 * Returns the pages as HTML and the files that they load. A single page has no navigation. `policy` is the Content
 * Security Policy for pages that are served without such a header. Rejects with esbuild's message if the build fails.
 */
export const bundlePages = async (
  pages: readonly WebPage[],
  style: URL = STYLE,
  policy?: string,
): Promise<PageBundle> => {
  const { outputFiles, metafile } = await runBuild(pages, style);
  const assets = new Map(outputFiles.map(toAsset));
  const asset = (name: string, extension: string): string =>
    [...assets.keys()].find((path) => path.startsWith(`assets/${name}-`) && path.endsWith(extension)) ?? '';
  const layout = readFileSync(new URL('./layout.html', WEB), 'utf8');
  const compose = (page: WebPage): string =>
    fill(layout, {
      title: page.title,
      icon: asset('favicon', '.svg'),
      style: asset('style', '.css'),
      script: asset(page.name, '.js'),
      main: readFileSync(new URL('./page.html', page.folder), 'utf8'),
      nav: pages.length > 1 ? navigation(pages, page) : '',
      policy: policy === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    });
  return {
    assets,
    pages: new Map(pages.map((page) => [page.path, compose(page)])),
    inputs: Object.keys(metafile.inputs),
  };
};
