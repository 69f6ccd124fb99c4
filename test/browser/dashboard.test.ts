import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, useConsole } from '../support/browser/browser.ts';
import { signIn, widget } from '../support/browser/states/dashboard-states.ts';
import { getLocal, setFaults } from '../support/system/local-api.ts';

interface SynthesizedWidget {
  readonly x: number;
  readonly y: number;
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

interface Options {
  readonly label: string;
  readonly visible?: boolean;
}

const labelsOf = ({ properties: { metrics = [] } }: SynthesizedWidget): readonly string[] =>
  metrics
    .map((metric) => metric.at(-1) as Options)
    .filter(({ visible = true }) => visible)
    .map(({ label }) => label);

/** The sum of each column in a widget's table, over all periods. */
const columnSums = async (article: Locator): Promise<readonly number[]> => {
  const columns = (await article.getByRole('columnheader').count()) - 1;
  const cells = (await article.getByRole('cell').allTextContents()).map((text) => Number(text) || 0);
  return Array.from({ length: columns }, (_, column) =>
    cells.filter((_, index) => index % columns === column).reduce((sum, number) => sum + number, 0),
  );
};

describeInBrowser('the dashboard', () => {
  const { system, open } = useConsole();

  it('has the widgets of the synthesized one, with their titles, their metrics and all alarms', async () => {
    const { body } = await getLocal(system(), 'dashboard.json');
    const widgets = (body.widgets as readonly SynthesizedWidget[]).toSorted(
      (one, other) => one.y - other.y || one.x - other.x,
    );
    const page = await open('dashboard');
    await page.getByRole('article').first().waitFor();

    const titles = await page.getByRole('article').locator('h3').allTextContents();
    expect(titles).toEqual(widgets.flatMap(({ properties: { title } }) => title ?? []));
    for (const one of widgets.filter(({ type }) => type === 'metric')) {
      const labels = await widget(page, one.properties.title ?? '')
        .locator('li, dt')
        .allTextContents();
      expect(labels).toEqual(labelsOf(one));
    }
    const headings = widgets.flatMap(
      ({ properties: { markdown = '' } }) => /^## (.*)/.exec(markdown)?.[1] ?? [],
    );
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(headings);
    const alarms = widgets.flatMap((one) => one.properties.alarms ?? []);
    expect(await page.locator('.alarms summary').count()).toBe(alarms.length);
  });

  it('shows sign-ins as they happen, as charts and as numbers, in the chosen range of time', async () => {
    const page = await open('dashboard?range=15m');
    const totals = widget(page, 'In this time');
    const steps = async () => (await totals.locator('dd').allTextContents()).map(Number);
    await totals.waitFor();

    await signIn(system());
    await signIn(system(), 2);
    await system().settled();
    await expect.poll(steps).toEqual([2, 2, 2, 2]);

    const answers = widget(page, 'Answers');
    const picture = answers.getByRole('img', { name: /right: \d at .*wrong: \d at/ });
    await picture.waitFor();
    expect(Number(await picture.locator('canvas').getAttribute('width'))).toBeGreaterThan(100);
    await answers.getByRole('button', { name: 'Values of Answers' }).press('Enter');
    expect((await columnSums(answers)).slice(0, 2)).toEqual([2, 2]);

    await setFaults(system(), { clockOffsetSeconds: 1800 });
    await answers.getByText('Nothing was measured in the last 15 minutes.').waitFor();
    await page.getByRole('radio', { name: 'Last 3 hours' }).check();
    await expect.poll(steps).toEqual([2, 2, 2, 2]);
    expect(new URL(page.url()).search).toBe('?range=3h');
  });
});
