/** Mails in Chromium, as mail programs show them: without images, and without scripts of their own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { CHROMIUM_ARGUMENTS } from '../browser/browser.ts';

/** The console's own checks, as a script. */
const CHECKS = buildSync({
  entryPoints: [fileURLToPath(new URL('../../../local/console/mail/rendered-checks.ts', import.meta.url))],
  bundle: true,
  format: 'iife',
  globalName: 'mailChecks',
  write: false,
}).outputFiles[0]?.text;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 at level AA. The landmarks that axe asks of pages would be noise in a mail. */
const RUN_AXE = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`;

/** As a reader does who has set text to twice its size (WCAG 2.2, 1.4.4). Both sizes are read before any is changed. */
const DOUBLE_TEXT = `{
  const sizes = [...document.body.querySelectorAll('*')].map((element) => [element, parseFloat(getComputedStyle(element).fontSize)]);
  for (const [element, size] of sizes) element.style.fontSize = 2 * size + 'px';
}`;

export interface MailPage {
  /** Shows it anew, so that a change to the one before is gone. */
  show(html: string, look: { readonly width: number; readonly theme?: 'light' | 'dark' }): Promise<Page>;
  /** The numbers of the checks that fail, with what they found. */
  problems(rendered: {
    readonly code?: string | undefined;
    readonly theme?: string;
  }): Promise<readonly string[]>;
  axeProblems(): Promise<readonly string[]>;
  doubleText(): Promise<void>;
}

/** One tab for all mails of a file. */
export const useMailPage = (): MailPage => {
  const held: { browser?: Browser; page?: Page } = {};
  beforeAll(async () => {
    held.browser = await chromium.launch({
      executablePath: inject('chromium'),
      args: [...CHROMIUM_ARGUMENTS],
    });
    held.page = await held.browser.newPage();
    await held.page.route('**', (route) => route.abort());
  });
  afterAll(() => held.browser?.close());
  const page = () => held.page ?? expect.unreachable('The browser was not started');
  return {
    show: async (html, { width, theme = 'light' }) => {
      await page().setViewportSize({ width, height: 800 });
      await page().emulateMedia({ colorScheme: theme });
      await page().setContent(html, { waitUntil: 'domcontentloaded' });
      return page();
    },
    problems: (rendered) =>
      page().evaluate<readonly string[]>(`${CHECKS};
        mailChecks.RENDERED_CHECKS.flatMap(({ number, find }) =>
          find({ ...${JSON.stringify(rendered)}, document }).map((problem) => number + ': ' + problem))`),
    axeProblems: async () => {
      await page().evaluate(AXE);
      return page().evaluate<readonly string[]>(RUN_AXE);
    },
    doubleText: () => page().evaluate(DOUBLE_TEXT),
  };
};

/** What reaches readers of programs that keep no style elements, as Gmail does for accounts of others. */
export const withoutStyles = (html: string): string => html.replaceAll(/<style>[\s\S]*?<\/style>/g, '');
