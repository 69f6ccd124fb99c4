/** The pages of the console: the sign-in page at its root, and the pages that only a local system has. */
import { bundlePages, type PageBundle, SIGN_IN_PAGE, type WebPage } from '../../web/build/bundle.ts';
import { notFoundPage } from './not-found.ts';

const consolePage = (name: string, title: string): WebPage => ({
  name,
  path: name,
  title,
  folder: new URL(`./${name}/`, import.meta.url),
});

const PAGES: readonly WebPage[] = [
  SIGN_IN_PAGE,
  consolePage('inbox', 'Inbox'),
  consolePage('users', 'Users'),
  consolePage('executions', 'Executions'),
  consolePage('audit', 'Audit trail'),
  consolePage('dashboard', 'Dashboard'),
  consolePage('faults', 'Faults'),
];

export interface ConsoleBundle extends PageBundle {
  readonly notFound: string;
}

const bundle = async (): Promise<ConsoleBundle> => {
  const bundled = await bundlePages(PAGES, new URL('./style/console.css', import.meta.url));
  return { ...bundled, notFound: notFoundPage(PAGES, bundled) };
};

let bundled: Promise<ConsoleBundle> | undefined;

/** Bundles once in this process. Rejects with esbuild's message if the build fails. */
export const bundleConsole = (): Promise<ConsoleBundle> => {
  bundled ??= bundle();
  return bundled;
};
