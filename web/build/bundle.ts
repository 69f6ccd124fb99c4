/** Bundles web pages, in memory. */
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';
import { shippedTexts } from '../../shared/language/shipped-texts.ts';
import { fillEnglish, pageLanguages, withLanguages } from './language-files.ts';

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
  /** Where `page.html` is, if it is the one of another page. */
  readonly markup?: URL;
  /** Stands alone, like the sign-in page of a deployed pool: no page leads to it, and it leads to none. */
  readonly isAlone?: boolean;
}

export const SIGN_IN_PAGE: WebPage = {
  name: 'sign-in',
  path: '',
  title: 'Sign in',
  folder: new URL('./sign-in/', WEB),
};

/** The sign-in page in a state that its address chooses. */
export const GALLERY_STATE: WebPage = {
  name: 'one-state',
  path: 'gallery-state',
  title: SIGN_IN_PAGE.title,
  folder: new URL('./gallery/', WEB),
  markup: new URL('./page.html', SIGN_IN_PAGE.folder),
  isAlone: true,
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
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

/** The bar above each page of a console. */
const topOf = (pages: readonly WebPage[], current: WebPage, icon: string): string =>
  `<header class="top">
<div class="top-inner">
<a class="brand" href="./"><img src="${icon}" alt="" width="24" height="24"><span>Email OTP</span></a>
${navigation(pages, current)}
</div>
</header>`;

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
 * Returns the pages as HTML and the files that they load. A page that stands alone has no bar with ways to the others. `policy` is the
 * Content Security Policy for pages that are served without such a header. Rejects with esbuild's message if the build fails.
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
  const listed = pages.filter(({ isAlone }) => isAlone !== true);
  const compose = (page: WebPage): string => {
    const icon = asset('favicon', '.svg');
    return fill(layout, {
      title: page.isAlone ? page.title : `${page.title} · Email OTP`,
      icon,
      style: asset('style', '.css'),
      script: asset(page.name, '.js'),
      main: fillEnglish(readFileSync(page.markup ?? new URL('./page.html', page.folder), 'utf8')),
      top: page.isAlone ? '' : topOf(listed, page, icon),
      policy: policy === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    });
  };
  return {
    assets,
    pages: new Map(pages.map((page) => [page.path, compose(page)])),
    inputs: Object.keys(metafile.inputs),
  };
};

/** Adds the languages that are shipped to the pages that have a place for them. */
export const withShippedLanguages = (bundle: PageBundle): PageBundle => {
  const languages = pageLanguages(shippedTexts());
  const filled = Array.from(bundle.pages, ([path, html]) => ({ path, ...withLanguages(html, languages) }));
  const files = new Map(filled.flatMap(({ files }) => [...files]));
  const asFile = (body: string): PageFile => ({ contentType: String(CONTENT_TYPES['.json']), body });
  return {
    ...bundle,
    pages: new Map(filled.map(({ path, html }) => [path, html])),
    assets: new Map([
      ...bundle.assets,
      ...Array.from(files, ([path, body]) => [path, asFile(body)] as const),
    ]),
  };
};
