/** Bundles the pages of the console: the sign-in page at its root, and the pages that only a local system has. */
import { readdirSync, readFileSync } from 'node:fs';
import {
  bundlePages,
  GALLERY_STATE,
  type PageBundle,
  SIGN_IN_PAGE,
  type WebPage,
  withShippedLanguages,
} from '../../web/build/bundle.ts';
import { notFoundPage } from './not-found.ts';
import type { ConsolePages } from './pages.ts';

const consolePage = (name: string, title: string): WebPage => ({
  name,
  path: name,
  title,
  folder: new URL(`./${name}/`, import.meta.url),
});

const PAGES: readonly WebPage[] = [
  SIGN_IN_PAGE,
  consolePage('inbox', 'Inbox'),
  consolePage('mail', 'Mails'),
  consolePage('users', 'Users'),
  consolePage('executions', 'Executions'),
  consolePage('audit', 'Audit trail'),
  consolePage('dashboard', 'Dashboard'),
  consolePage('faults', 'Faults'),
  consolePage('runbooks', 'Runbooks'),
  consolePage('gallery', 'Gallery'),
  GALLERY_STATE,
];

export interface ConsoleBundle extends PageBundle, ConsolePages {}

const RUNBOOKS = new URL('../../docs/runbooks/', import.meta.url);

/** The Markdown of each runbook by its name. */
const runbooks = (): string => {
  const files = readdirSync(RUNBOOKS).filter((file) => file.endsWith('.md'));
  return JSON.stringify(
    Object.fromEntries(
      files.toSorted().map((file) => [file.slice(0, -3), readFileSync(new URL(file, RUNBOOKS), 'utf8')]),
    ),
  );
};

/** Rejects with esbuild's message if the build fails. */
export const bundleConsole = async (): Promise<ConsoleBundle> => {
  const style = new URL('./style/console.css', import.meta.url);
  const bundled = withShippedLanguages(await bundlePages(PAGES, style));
  const assets = new Map([
    ...bundled.assets,
    ['runbooks.json', { contentType: 'application/json', body: runbooks() }] as const,
  ]);
  return { ...bundled, assets, notFound: notFoundPage(PAGES, bundled) };
};
