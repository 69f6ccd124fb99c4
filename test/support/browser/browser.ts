/** A local system and a browser for one test file. Each page is another person's, with a browser profile of its own. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest';
import { NO_FAULTS } from '../../../local/faults/faults.ts';
import { setFaults } from '../system/local-api.ts';
import { startTestSystem, stopTestSystem, type TestSystem } from '../system/local-system.ts';

export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PATIENCE_MS = 20_000;

/** Like `describe`, but skipped if there is no Chromium. */
export const describeInBrowser = describe.runIf(inject('chromium') !== '');

export interface Console {
  system(): TestSystem;
  browser(): Browser;
  /** Another person's browser: nothing is shared with the others. */
  openContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page of the console in a new context; '' is the sign-in page. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
}

const complain = (page: Page, problems: string[]) =>
  page.on('pageerror', ({ message }) => problems.push(message));

/** Sets up the console for a suite, of this repository's own stack unless another system is started. Each test starts without faults, and fails if a script of a page has failed. */
export const useConsole = (start: () => Promise<TestSystem> = startTestSystem): Console => {
  const held: { system?: TestSystem; browser?: Browser } = {};
  const contexts: BrowserContext[] = [];
  const problems: string[] = [];
  beforeAll(async () => {
    const launch = chromium.launch({ executablePath: inject('chromium'), args: [...CHROMIUM_ARGUMENTS] });
    [held.system, held.browser] = await Promise.all([start(), launch]);
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    if (held.system) await setFaults(held.system, NO_FAULTS);
    expect(problems.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await held.browser?.close();
    if (held.system) await stopTestSystem(held.system);
  });

  const system = () => held.system ?? expect.unreachable('The system was not started');
  const browser = () => held.browser ?? expect.unreachable('The browser was not started');
  const openContext = async (options: BrowserContextOptions = {}) => {
    const context = await browser().newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('page', (page) => complain(page, problems));
    contexts.push(context);
    return context;
  };
  return {
    system,
    browser,
    openContext,
    open: async (path, options) => visit(await openContext(options), system(), path),
  };
};

/** A page of the console in another tab of this browser. */
export const visit = async (context: BrowserContext, { url }: TestSystem, path: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`${url}/${path}`);
  return page;
};

/** Waits until this text is visible on the page. */
export const sees = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor();
