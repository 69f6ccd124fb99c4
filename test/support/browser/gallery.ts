/** The sign-in page in the console's gallery, in any language. */
import type { BrowserContext, Page } from 'playwright-core';
import english from '../../../shared/texts/en.json' with { type: 'json' };
import { pseudoTexts } from '../client/pseudo-language.ts';
import type { TestSystem } from '../system/local-system.ts';

export interface Shown {
  readonly state: string;
  readonly language?: string;
  readonly theme?: 'light' | 'dark';
  readonly brand?: string;
}

/** Shows this state, and waits until it is drawn. */
export const showState = async (page: Page, { url }: TestSystem, shown: Shown): Promise<void> => {
  await page.goto(`${url}/gallery-state?${new URLSearchParams({ ...shown })}`);
  await page.locator('html[data-drawn]').waitFor();
};

/** Tags that no language has; the second is written from right to left. */
export const PSEUDO = ['en-XA', 'he-XB'] as const;

const FOLDER = 'assets/pseudo-';

/** Adds the two pseudo-languages to the pages that this context opens. */
export const addPseudoLanguages = async (context: BrowserContext): Promise<void> => {
  const { page, words } = english;
  const added = PSEUDO.map((tag) => `&#34;${tag}&#34;:&#34;${FOLDER}${tag}.json&#34;`).join();
  await context.route(
    (url) => url.pathname === '/gallery-state',
    async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/(&#34;files&#34;:\{)(\}?)/, (_, before, end) =>
        end === '' ? `${before}${added},` : `${before}${added}}`,
      );
      await route.fulfill({ response, body });
    },
  );
  await context.route(`**/${FOLDER}*`, (route) =>
    route.fulfill({ json: pseudoTexts({ page, words }, route.request().url().includes(PSEUDO[1])) }),
  );
};
