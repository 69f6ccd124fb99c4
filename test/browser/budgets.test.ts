import type { Page, Response } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, useConsole } from '../support/browser.ts';

const PATHS = ['', 'inbox', 'users', 'executions', 'audit', 'faults'];
const SCRIPT_BYTES = 150 * 1024;
const FIRST_PAINT_MS = 1000;
/** Other tests may keep the machine busy, so that one good load out of these counts. */
const LOADS = 3;

const isScript = (response: Response) => /javascript/.test(response.headers()['content-type'] ?? '');
const isAmplify = (response: Response) => /\/amplify-[^/]*$/.test(response.url());

const firstPaint = async (page: Page): Promise<number> => {
  const read = () =>
    page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
  await expect.poll(read, { timeout: 10_000 }).toBeGreaterThan(0);
  return read();
};

describeInBrowser('each page', () => {
  const { system, openContext } = useConsole();

  it.each(PATHS)('"/%s" is small, paints fast and loads nothing from elsewhere', async (path) => {
    let paint = Number.POSITIVE_INFINITY;
    let responses: Response[] = [];
    for (let load = 0; load < LOADS && paint >= FIRST_PAINT_MS; load++) {
      const page = await (await openContext()).newPage();
      responses = [];
      page.on('response', (response) => responses.push(response));
      await page.goto(`${system().url}/${path}`);
      if (path === '') await page.getByRole('button', { name: 'Sign in', disabled: false }).waitFor();
      paint = Math.round(await firstPaint(page));
    }
    const sizes = (scripts: readonly Response[]) =>
      Promise.all(scripts.map(async (script) => (await script.body()).length));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    const scripts = responses.filter(isScript);
    const own = sum(await sizes(scripts.filter((script) => !isAmplify(script))));
    const amplify = sum(await sizes(scripts.filter(isAmplify)));
    console.log(
      `/${path}: ${own} bytes of script besides Amplify (${amplify}), first paint after ${paint} ms`,
    );

    expect(own).toBeGreaterThan(0);
    expect(own).toBeLessThanOrEqual(SCRIPT_BYTES);
    expect(paint).toBeLessThan(FIRST_PAINT_MS);
    expect(responses.filter((response) => !response.url().startsWith(`${system().url}/`))).toEqual([]);
  });
});
