import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inTheme } from '../../../local/mails/mail-frames.ts';
import { describeInBrowser } from '../../support/browser/browser.ts';
import { SCREENSHOT_FOLDER, SCREENSHOTS } from '../../support/browser/inspect-page.ts';
import { allMails } from '../../support/mail/judged-mails.ts';
import { useMailPage } from '../../support/mail/mail-page.ts';
import { BRAND } from '../../support/mail/mail-settings.ts';

// One picture for each kind of mail, theme and width, with all languages side by side, for people to look at.

const branded = (await allMails()).filter(({ name }) => name.endsWith(', a brand'));
const KINDS = ['6 digits', '10 digits', 'notice locked', 'notice wrongCodes'];
const GAP = 16;

const LOGO = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 28"><rect width="28" height="28" rx="8" fill="#b0455f"/><text x="36" y="20" font-family="sans-serif" font-size="17" font-weight="700" fill="#1b1f27">Shop</text></svg>',
)}`;
/** Wide, with the logo; narrow, as programs without images show it. */
const withImages = (html: string, width: number): string =>
  width < 600 ? html : html.replaceAll(BRAND.logoUrl, LOGO);

const sheetOf = (kind: string, theme: string, width: number): string => {
  const frames = branded
    .filter(({ name }) => name.includes(kind))
    .map(({ mail }) => withImages(inTheme(mail.html, theme), width))
    .map((html) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;'))
    .map((html) => `<iframe width="${width}" height="0" srcdoc="${html}"></iframe>`);
  return `<style>body { display: flex; flex-wrap: wrap; gap: ${GAP}px; margin: ${GAP}px; } iframe { border: 0 }</style>${frames.join('')}`;
};

/** Makes each mail as high as it is. Returns how far one can scroll in each to the right. */
const unroll = (page: Page): Promise<readonly number[]> =>
  page.evaluate<readonly number[]>(`[...document.querySelectorAll('iframe')].map((frame) => {
    const { documentElement } = frame.contentDocument;
    frame.height = String(documentElement.scrollHeight);
    return documentElement.scrollWidth - frame.clientWidth;
  })`);

describeInBrowser('the contact sheets', () => {
  const { show } = useMailPage();
  const sheets = KINDS.flatMap((kind) =>
    ['light', 'dark'].flatMap((theme) => [320, 600].map((width) => ({ kind, theme, width }))),
  );

  test.runIf(SCREENSHOTS).each(sheets)(
    'have all languages: $kind, $theme, $width pixels',
    async ({ kind, theme, width }) => {
      const page = await show(sheetOf(kind, theme, width), { width: 5 * width + 7 * GAP });

      await page.waitForLoadState('load');
      const overflows = await unroll(page);

      expect(overflows).toEqual(Array.from({ length: 15 }, () => 0));
      const name = `${kind.replaceAll(' ', '-')}-${theme}-${width}`;
      await page.screenshot({ path: `${SCREENSHOT_FOLDER}mail/${name}.png`, fullPage: true });
    },
  );
});
