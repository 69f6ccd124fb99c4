import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it, test } from 'vitest';
import { describeInBrowser, sees, useConsole } from '../../support/browser/browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { startWebExample, type WebExample } from '../../support/package/web-example.ts';
import { succeedIn } from '../../support/package/workspace.ts';
import { setFaults } from '../../support/system/local-api.ts';
import {
  createUser,
  PASSWORD,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

// The examples that are web apps: installed from the tarball, served by Vite on another origin, and used as a person does.

const EXAMPLES = join(import.meta.dirname, '../../../examples');
const NAMES = globSync('*/index.html', { cwd: EXAMPLES }).map(dirname).toSorted();
const NEW_PASSWORD = 'Correct-horse-9';

test('there is one for React, one for Vue, and one for neither', () => {
  expect(NAMES).toEqual(['code-step-plain', 'code-step-react', 'code-step-vue']);
});

test('they install exact versions, and keep their steps in the same way', () => {
  const versions = NAMES.flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(EXAMPLES, name, 'package.json'), 'utf8'));
    const { 'cognito-email-otp': _, ...dependencies } = manifest.dependencies;
    return Object.values({ ...dependencies, ...manifest.devDependencies });
  });
  const keepers = NAMES.map((name) => readFileSync(join(EXAMPLES, name, 'src/saved-step.ts'), 'utf8'));

  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  expect(new Set(keepers).size).toBe(1);
});

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true }).filter({ visible: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const give = async (page: Page, name: string, text: string, submit: string): Promise<void> => {
  await field(page, name).fill(text);
  await button(page, submit).click();
};
const giveCode = (page: Page, code: string) => give(page, 'Code from the mail', code, 'Confirm');

const isTold = (page: Page, sentence: RegExp): Promise<void> =>
  expect
    .poll(() => page.getByRole('status').textContent(), { timeout: 20_000, interval: 50 })
    .toMatch(sentence);

/** Cognito gets the answer, and what it says to that is lost on the way. */
const loseReplyTo = async (page: Page, answer: string): Promise<void> => {
  let isLost = false;
  await page.route('**', async (route) => {
    if (isLost || !route.request().postData()?.includes(answer)) return route.continue();
    isLost = true;
    await route.fetch();
    await route.abort('connectionreset');
  });
};

describeInBrowser('in Chromium', () => {
  const console = useConsole();
  const apps = new Map<string, WebExample>();
  beforeAll(async () => {
    const there = { tarball: inject('tarball'), systemUrl: console.system().url };
    await Promise.all(NAMES.map(async (name) => apps.set(name, await startWebExample(name, there))));
    // Three installs at once beside the other files' installs.
  }, 300_000);
  afterAll(() => Promise.all([...apps.values()].map((app) => app.end())));

  const open = async (name: string): Promise<Page> => {
    const page = await (await console.openContext()).newPage();
    await page.goto(apps.get(name)?.url ?? '');
    return page;
  };
  const looksGood = async (page: Page, state: string): Promise<void> =>
    expect(await inspectPage(page, state), state).toEqual({ violations: [], overflowPx: 0 });

  const goThroughPasswords = async (page: Page, name: string, { email }: TestUser): Promise<void> => {
    await isTold(page, /^Enter your email address/);
    await field(page, 'Email address').fill(email);
    await give(page, 'Password', 'not-the-password', 'Sign in');
    await isTold(page, /is not right/);
    await looksGood(page, `${name}-1-wrong-password`);
    await give(page, 'Password', PASSWORD, 'Sign in');
    await isTold(page, /^Your password was a temporary one/);
    await give(page, 'New password', 'short', 'Save and continue');
    await isTold(page, /^The password is too short/);
    await looksGood(page, `${name}-2-new-password`);
    await give(page, 'New password', NEW_PASSWORD, 'Save and continue');
    await isTold(page, /^A code of 6 digits/);
  };

  const goThroughCodes = async (page: Page, name: string, user: TestUser): Promise<string> => {
    const code = await waitForCode(console.system(), user);
    expect(await button(page, 'Send another mail').isDisabled()).toBe(true);
    await setFaults(console.system(), { clockOffsetSeconds: 31 });
    await giveCode(page, wrongCode(code));
    await isTold(page, /^That is not the code.* You have 4 tries left/);
    expect(await field(page, 'Code from the mail').inputValue()).toBe('');
    await looksGood(page, `${name}-3-wrong-code`);
    await button(page, 'Send another mail').click();
    await isTold(page, /^Another mail with the same code/);
    await waitForCode(console.system(), user, 2);
    await button(page, 'Where is the mail?').click();
    await isTold(page, /^A code of 6 digits was sent/);
    return code;
  };

  it.each(NAMES)(
    'examples/%s signs in, through wrong passwords, wrong codes, another mail and a lost answer',
    async (name) => {
      const user = await createUser(console.system(), { temporary: true, email: `${name}@example.com` });
      const page = await open(name);
      await goThroughPasswords(page, name, user);
      const code = await goThroughCodes(page, name, user);

      await page.reload();
      await isTold(page, /^Your sign-in goes on where it was/);

      await loseReplyTo(page, code);
      await giveCode(page, code);
      await isTold(page, /^The sign-in has ended: this step was answered already, .* may still work/);
      expect(await field(page, 'Email address').inputValue()).toBe(user.email);
      await looksGood(page, `${name}-4-lost-answer`);
      await give(page, 'Password', NEW_PASSWORD, 'Sign in');
      await isTold(page, /^A code of 6 digits/);
      await giveCode(page, await waitForCode(console.system(), user, 3));

      await isTold(page, new RegExp(`^You are signed in as ${user.email}`));
      await looksGood(page, `${name}-5-signed-in`);
      await button(page, 'Sign out').click();
      await sees(page, 'You are signed out.');
      await page.reload();
      await isTold(page, /^Enter your email address/);
    },
    60_000,
  );

  it.each(NAMES)('examples/%s has right types, and is built', async (name) => {
    const { folder = '' } = apps.get(name) ?? {};

    const printed = await succeedIn(folder, 'npm', ['run', 'build']);

    expect(basename(folder)).toBe(name);
    expect(printed).toMatch(/built in/);
  });
});
