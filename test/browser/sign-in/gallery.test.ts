import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { shippedTexts } from '../../../shared/language/shipped-texts.ts';
import { pageLanguages } from '../../../web/build/language-files.ts';
import { describeInBrowser, useConsole } from '../../support/browser/browser.ts';
import { addPseudoLanguages, PSEUDO, showState } from '../../support/browser/gallery.ts';
import { inspectPage, overflowOf } from '../../support/browser/inspect-page.ts';

const LANGUAGES = Object.keys(pageLanguages(shippedTexts()));

/** The two states with the most words, and where Tab leads in each from the field that has the focus. */
const TAB_ORDER: Readonly<Record<string, readonly string[]>> = {
  'new-password': ['new-password repeat-password', 'repeat-password', 'new-password-submit'],
  'code-no-mail': ['code-submit', 'resend', 'code-start-over', 'ask-status', 'language'],
};

const PHONE = { width: 320, height: 640 };

const wordsOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    "[...document.querySelectorAll('h1, h2, p, li, label, button, a, title')].filter((element) => element.checkVisibility() && element.closest('.language-choice') === null).map((element) => element.innerText.trim()).filter((text) => text !== '')",
  );

const makeTextTwiceAsLarge = (page: Page): Promise<void> =>
  page.evaluate("document.documentElement.style.fontSize = '200%'");

/** The controls that so many presses of Tab lead to. */
const tabThrough = async (page: Page, presses: number): Promise<readonly string[]> => {
  const order: string[] = [];
  while (order.length < presses) {
    await page.keyboard.press('Tab');
    order.push(
      await page.evaluate<string>('document.activeElement.id || document.activeElement.dataset.shows'),
    );
  }
  return order;
};

describeInBrowser('the sign-in page in the gallery', () => {
  const { system, open, openContext } = useConsole();

  /** The names of all states, as the gallery lists them. */
  const states = async (): Promise<readonly string[]> => {
    const names = (await open('gallery')).locator('figcaption a');
    await names.nth(20).waitFor();
    return names.allTextContents();
  };

  it('is accessible and fits a phone in each state, with a brand', { timeout: 240_000 }, async () => {
    const page = await (await openContext()).newPage();
    for (const state of await states()) {
      await showState(page, system(), { state, brand: 'Example' });
      const found = await inspectPage(page, `sign-in/brand-${state}`);
      expect({ state, ...found }).toEqual({ state, violations: [], overflowPx: 0 });
    }
  });

  it.each(LANGUAGES)(
    'is accessible, fits a phone and large text, and needs no mouse: %s',
    async (language) => {
      const page = await (await openContext()).newPage();
      for (const [state, order] of Object.entries(TAB_ORDER)) {
        await showState(page, system(), { state, language });
        const name = `sign-in/${language}-${state}`;
        expect({ state, ...(await inspectPage(page, name)) }).toEqual({
          state,
          violations: [],
          overflowPx: 0,
        });
        expect({ state, order: await tabThrough(page, order.length) }).toEqual({ state, order });
        await makeTextTwiceAsLarge(page);
        expect({ state, large: await overflowOf(page) }).toEqual({ state, large: 0 });
      }
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      const direction = ['ar', 'he'].includes(language) ? 'rtl' : 'ltr';
      expect(await page.locator('html').getAttribute('dir')).toBe(direction);
    },
  );

  it.each(PSEUDO)(
    'has nothing that is not translated, and fits with text twice as large: %s',
    async (language) => {
      // What is written from right to left is as long.
      const names = language === PSEUDO[0] ? await states() : Object.keys(TAB_ORDER);
      const context = await openContext({ viewport: PHONE });
      await addPseudoLanguages(context);
      const page = await context.newPage();
      for (const state of names) {
        await showState(page, system(), { state, language });
        const strange = (await wordsOn(page)).filter((text) => !/^\u2068?\[.*\]$/s.test(text));
        expect({ state, strange, overflowPx: await overflowOf(page) }).toEqual({
          state,
          strange: [],
          overflowPx: 0,
        });
        await makeTextTwiceAsLarge(page);
        expect({ state, overflowPx: await overflowOf(page) }).toEqual({ state, overflowPx: 0 });
      }
    },
  );

  it.each(['start', ...Object.keys(TAB_ORDER), 'signed-in-continue'])(
    'keeps its edges in forced colours: %s',
    async (state) => {
      const page = await (await openContext({ forcedColors: 'active' })).newPage();
      await showState(page, system(), { state });

      const edges = await page.evaluate<readonly (readonly string[])[]>(
        "[...document.querySelectorAll('button:not(.link, .toggle), input:not([readonly]), .button')].filter((control) => control.checkVisibility()).map((control) => getComputedStyle(control)).map(({ borderTopColor, backgroundColor }) => [borderTopColor, backgroundColor])",
      );
      expect(edges.length).toBeGreaterThan(0);
      for (const [border, ground] of edges) expect(border).not.toBe(ground);
      expect((await inspectPage(page, `sign-in/forced-colours-${state}`)).violations).toEqual([]);
    },
  );
});
