import { expect, it } from 'vitest';
import { describeInBrowser, useConsole, visit } from '../../support/browser/browser.ts';
import { isTold, provePassword, SIGNED_IN, sendCode } from '../../support/browser/sign-in-page.ts';
import { createUser, waitForCode } from '../../support/system/local-system.ts';

/** What Chromium does for a site whose data is blocked. */
const BLOCK_SITE_DATA = `for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, {
    get() { throw new DOMException('Access is denied for this document.', 'SecurityError'); },
  });`;

describeInBrowser('the start of the page', () => {
  const { system, openContext } = useConsole();

  it('needs no site data: people sign in without, and are offered no choice that could not be kept', async () => {
    const user = await createUser(system());
    const context = await openContext();
    await context.addInitScript(BLOCK_SITE_DATA);
    const page = await visit(context, system(), '');

    await provePassword(page, user);
    expect(await page.locator('#language-choice').isVisible()).toBe(false);
    await sendCode(page, await waitForCode(system(), user));

    await isTold(page, SIGNED_IN);
  });

  it('that fails is told, in English', async () => {
    const context = await openContext({ locale: 'de-DE' });
    await context.route(`${system().url}/`, async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(/data-offered="[^"]*"/, 'data-offered="{"');
      await route.fulfill({ response, body: html });
    });

    const page = await visit(context, system(), '');

    await isTold(page, /^A part of this page could not be loaded\./);
  });
});
