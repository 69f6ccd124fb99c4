import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, sees, useConsole } from '../../support/browser/browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';

const choose = (page: Page, name: string, value: string) =>
  page.getByRole('combobox', { name, exact: true }).selectOption(value);
const frame = (page: Page) => page.frameLocator('iframe');

describeInBrowser('the page of mails', () => {
  const { open } = useConsole();

  it('shows the app’s mail with all that is chosen, and every check is good', async () => {
    const page = await open('mail');
    await frame(page).getByText('004217', { exact: true }).waitFor();
    await sees(page, /^All \d+ are good\.$/);

    await choose(page, 'Digits', '10');
    await frame(page).getByText('0042170042', { exact: true }).waitFor();
    await choose(page, 'Language', 'ar');
    await frame(page).locator('html[dir="rtl"]').waitFor();
    await choose(page, 'Width', '320');
    await page.locator('iframe[width="320"]').waitFor();
    await choose(page, 'Theme', 'dark');
    const background = () =>
      page.evaluate<string>(`getComputedStyle(frames[0].document.body).backgroundColor`);
    await expect.poll(background).toBe('rgb(22, 24, 29)');
    await sees(page, /^All \d+ are good\.$/);

    await page.reload();
    await frame(page).getByText('0042170042', { exact: true }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Language' }).inputValue()).toBe('ar');
  });

  it('shows text, headers and the notification, which has no code', async () => {
    const page = await open('mail?language=de');
    await page.getByRole('region', { name: 'Text part' }).getByText('004217').waitFor();
    await sees(page, 'X-Auto-Response-Suppress');

    expect(await page.locator('#notification').textContent()).not.toContain('004217');
  });

  it('gives the mail as a file', async () => {
    const page = await open('mail');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as .eml' }).click(),
    ]);

    expect(file.suggestedFilename()).toBe('mail.eml');
    expect(await file.failure()).toBe(null);
  });

  it('is accessible in the light and in the dark, and fits a phone', async () => {
    const page = await open('mail');
    await sees(page, /^All \d+ are good\.$/);

    expect(await inspectPage(page, 'mail')).toEqual({ violations: [], overflowPx: 0 });
  });

  it('says each verdict in words, also in forced colours', async () => {
    const page = await open('mail', { forcedColors: 'active' });
    await sees(page, /^All \d+ are good\.$/);

    const verdicts = await page.locator('#checks > li > .badge').allTextContents();
    expect(new Set(verdicts)).toEqual(new Set(['Good']));
    expect((await inspectPage(page, 'mail-forced-colours')).violations).toEqual([]);
  });
});
