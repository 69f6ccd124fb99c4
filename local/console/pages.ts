/**
 * The pages of the console, as its server needs them. The repository bundles them when they are first asked for; the package
 * has them ready built, so that it does without esbuild.
 */
import { readFileSync } from 'node:fs';
import { PLACE } from '../../shared/command/place.ts';
import type { PageBundle } from '../../web/build/bundle.ts';

export interface ConsolePages extends Pick<PageBundle, 'pages' | 'assets'> {
  readonly notFound: string;
}

/** All files of the pages are texts. */
interface Built {
  readonly pages: Readonly<Record<string, string>>;
  readonly assets: Readonly<Record<string, { readonly contentType: string; readonly body: string }>>;
  readonly notFound: string;
}

/** Lies beside the package's bundles. */
export const BUILT_PAGES = 'console.json';

/** The content of the file `BUILT_PAGES`. */
export const writeBuiltPages = ({ pages, assets, notFound }: ConsolePages): string => {
  const texts = Array.from(assets, ([path, { contentType, body }]) => [
    path,
    { contentType, body: body.toString() },
  ]);
  const built: Built = { pages: Object.fromEntries(pages), assets: Object.fromEntries(texts), notFound };
  return JSON.stringify(built);
};

export const readBuiltPages = (content: string): ConsolePages => {
  const { pages, assets, notFound } = JSON.parse(content) as Built;
  return { pages: new Map(Object.entries(pages)), assets: new Map(Object.entries(assets)), notFound };
};

const load = async (): Promise<ConsolePages> => {
  if (PLACE === 'package') {
    return readBuiltPages(readFileSync(new URL(`./${BUILT_PAGES}`, import.meta.url), 'utf8'));
  }
  const { bundleConsole } = await import('./bundle-console.ts');
  return bundleConsole();
};

let loaded: Promise<ConsolePages> | undefined;

/** Loads once in this process. Rejects with esbuild's message if the pages cannot be bundled. */
export const loadConsole = (): Promise<ConsolePages> => {
  loaded ??= load();
  return loaded;
};
