/** Checks a page with axe-core and on the width of a phone, and takes screenshots of it for people to judge. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

export const SCREENSHOT_FOLDER = fileURLToPath(new URL('../../../.local/screenshots/', import.meta.url));
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Frames are left out: the only frame shows a mail, and no script may run in it. */
const runAxe = (options: object): string =>
  `axe.run(${JSON.stringify({ resultTypes: ['violations'], iframes: false, ...options })}).then(({ violations }) => violations)`;

/** In dark mode only colours differ, so only the rule about them is checked again. */
const AXE_RUNS = { light: runAxe({}), dark: runAxe({ runOnly: ['color-contrast'] }) } as const;

/** Needed because reduced motion does not end a transition that has started. */
const END_TRANSITIONS = 'for (const transition of document.getAnimations()) transition.finish()';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const violationsOn = async (page: Page, run: string): Promise<readonly string[]> => {
  const violations = await page.evaluate<readonly Violation[]>(run);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
};

/** Screenshots take time, so they are made only when asked for: `SCREENSHOTS=1 npm run test:browser`. */
export const SCREENSHOTS = process.env.SCREENSHOTS === '1';

const shoot = async (page: Page, name: string): Promise<void> => {
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOT_FOLDER}${name}.png`, fullPage: true });
};

/** How far one can scroll to the right. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

export interface Findings {
  /** What axe-core finds in light and in dark mode. */
  readonly violations: readonly string[];
  /** How far one can scroll to the right on a phone of 320 px. */
  readonly overflowPx: number;
}

/** Checks the page. If screenshots are asked for, it writes `<name>-light.png`, `-dark.png` and `-phone.png`. */
export const inspectPage = async (page: Page, name: string): Promise<Findings> => {
  await page.evaluate(AXE);
  const violations: string[] = [];
  await page.setViewportSize(DESKTOP);
  for (const colorScheme of ['light', 'dark'] as const) {
    // All transitions end at once, or colours would be measured halfway.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(END_TRANSITIONS);
    await shoot(page, `${name}-${colorScheme}`);
    violations.push(
      ...(await violationsOn(page, AXE_RUNS[colorScheme])).map((violation) => `${colorScheme}: ${violation}`),
    );
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PHONE);
  await shoot(page, `${name}-phone`);
  return { violations, overflowPx: await overflowOf(page) };
};
