import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, useConsole } from '../support/browser/browser.ts';

const PATHS = [
  '',
  'inbox',
  'mail',
  'users',
  'executions',
  'audit',
  'dashboard',
  'faults',
  'runbooks',
  'gallery',
];
const SCRIPT_BYTES = 150 * 1024;
/** With what only the local system's page has. */
const SIGN_IN_GZIP_BYTES = 25 * 1024;
/** The dashboard's widgets and the runbooks' text, with the libraries for charts and Markdown. */
const WIDGET_BYTES = 130 * 1024;
const FIRST_PAINT_MS = 1000;
/** One good load out of this many is enough, because other tests may keep the machine busy. */
const LOADS = 3;

const isScript = (response: Response) => /javascript/.test(response.headers()['content-type'] ?? '');
const isOf = (chunk: string) => (response: Response) => new RegExp(`/${chunk}-[^/]*$`).test(response.url());
const isAmplify = isOf('amplify');
const isWidgetView = isOf('(?:widget-view|markdown)');

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
      if (path === 'dashboard') await page.getByRole('article').first().waitFor();
      if (path === 'runbooks') await page.getByRole('table').waitFor();
      paint = Math.round(await firstPaint(page));
    }
    const sizes = (scripts: readonly Response[]) =>
      Promise.all(scripts.map(async (script) => (await script.body()).length));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    // The gallery's frames load the same ones.
    const scripts = [...new Map(responses.filter(isScript).map((script) => [script.url(), script])).values()];
    const isOwn = (script: Response) => !isAmplify(script) && !isWidgetView(script);
    const own = sum(await sizes(scripts.filter(isOwn)));
    const widgets = sum(await sizes(scripts.filter(isWidgetView)));
    const amplify = sum(await sizes(scripts.filter(isAmplify)));
    console.log(
      `/${path}: ${own} bytes of script besides Amplify (${amplify}) and widgets (${widgets}), first paint after ${paint} ms`,
    );

    expect(own).toBeGreaterThan(0);
    expect(own).toBeLessThanOrEqual(SCRIPT_BYTES);
    expect(widgets > 0).toBe(['dashboard', 'runbooks'].includes(path));
    expect(widgets).toBeLessThanOrEqual(WIDGET_BYTES);
    expect(paint).toBeLessThan(FIRST_PAINT_MS);
    expect(responses.filter((response) => !response.url().startsWith(`${system().url}/`))).toEqual([]);
  });

  it('that signs in has little script besides Amplify, compressed as web servers do it', async () => {
    const page = await (await openContext()).newPage();
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (isScript(response) && !isAmplify(response)) scripts.push(response);
    });
    await page.goto(`${system().url}/`);
    await page.getByRole('button', { name: 'Sign in', disabled: false }).waitFor();
    const bodies = await Promise.all(scripts.map((script) => script.body()));
    const bytes = bodies.reduce((total, body) => total + gzipSync(body).length, 0);
    console.log(`sign-in page: ${bytes} bytes of script besides Amplify, gzipped`);

    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(SIGN_IN_GZIP_BYTES);
  });
});
