import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { provePassword as proveOverApi } from '../../commands/sign-in/sign-in-flow.ts';
import { describeInBrowser, sees, useConsole, visit } from '../support/browser/browser.ts';
import {
  isTold,
  mailCards,
  provePassword,
  SIGNED_IN,
  sendCode,
  sendPassword,
} from '../support/browser/sign-in-page.ts';
import { executionsFor } from '../support/system/local-api.ts';
import { createUser, PASSWORD, waitForCode } from '../support/system/local-system.ts';

const listedUser = (page: Page, email: string) => page.getByRole('listitem').filter({ hasText: email });

describeInBrowser('the console', () => {
  const { system, open, openContext } = useConsole();

  it('shows a mail in the inbox when it arrives, with its HTML and its text', async () => {
    const user = await createUser(system());
    const page = await open('inbox');
    await sees(page, /^Live$/);

    await proveOverApi(system().client, user);
    const card = mailCards(page, user);
    await card.waitFor();

    const code = await waitForCode(system(), user);
    await card.frameLocator('iframe').getByText(code, { exact: true }).waitFor();
    await card.getByRole('radio', { name: 'Plain text' }).check();
    await card
      .getByRole('region', { name: /^Text part of/ })
      .getByText(code)
      .waitFor();
  });

  it('shows the whole of a mail also when the window gets narrower', async () => {
    const user = await createUser(system());
    await proveOverApi(system().client, user);
    const page = await open('inbox');
    await mailCards(page, user).locator('iframe').waitFor();

    await page.setViewportSize({ width: 320, height: 640 });

    const hidden = `(() => {
      const frame = document.querySelector('iframe');
      return frame.contentDocument.documentElement.scrollHeight - frame.clientHeight;
    })()`;
    await expect.poll(() => page.evaluate(hidden)).toBeLessThanOrEqual(0);
  });

  it('leaves a mail as somebody is reading it when another one arrives', async () => {
    const [first, second] = [await createUser(system()), await createUser(system())];
    await proveOverApi(system().client, first);
    const page = await open('inbox');
    await mailCards(page, first).getByRole('radio', { name: 'Plain text' }).check();

    await proveOverApi(system().client, second);
    await mailCards(page, second).waitFor();

    expect(await mailCards(page, first).getByRole('radio', { name: 'Plain text' }).isChecked()).toBe(true);
    expect(await page.getByRole('article').first().textContent()).toContain(second.email);
  });

  it('creates users, sets their passwords, disables and enables them', async () => {
    const email = `user-created-${randomUUID()}@example.com`;
    const user = { ...(await createUser(system())), email };
    const context = await openContext();
    const page = await visit(context, system(), 'users');
    await page.getByRole('textbox', { name: 'Email address' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('a-first-password');
    await page.getByRole('button', { name: 'Create user' }).click();
    await listedUser(page, email).getByText('Temporary password').waitFor();

    await page.getByRole('button', { name: `Set password of ${email}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Set a password' });
    await dialog.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Set password' }).click();
    await isTold(page, / has a new permanent password\.$/);
    await listedUser(page, email).getByText('Has a password').waitFor();

    await page.getByRole('button', { name: `Disable ${email}` }).click();
    await isTold(page, / is disabled\.$/);
    const signIn = await visit(context, system(), '');
    await sendPassword(signIn, user);
    await isTold(signIn, /^This account is disabled\./);

    await page.getByRole('button', { name: `Enable ${email}` }).click();
    await isTold(page, / is enabled\.$/);
    await provePassword(signIn, user);
    await sendCode(signIn, await waitForCode(system(), user));
    await isTold(signIn, SIGNED_IN);
  });

  it('says why a user cannot be created', async () => {
    const { email } = await createUser(system());
    const page = await open('users');
    const create = async (address: string, password: string) => {
      await page.getByRole('textbox', { name: 'Email address' }).fill(address);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByRole('button', { name: 'Create user' }).click();
    };

    await create(email, PASSWORD);
    await sees(page, 'There is a user with this email address already.');
    await create('someone@example.com', 'short');
    await sees(page, /^The password is too short/);
    await create('someone', PASSWORD);
    await sees(page, 'That is not an email address.');
  });

  it('draws the way of an execution and shows its data, in which there is no code', async () => {
    const user = await createUser(system());
    const page = await open('executions');
    await sees(page, /^Live$/);

    await proveOverApi(system().client, user);
    const code = await waitForCode(system(), user);
    const detail = page.getByRole('region', { name: /^Execution of / });
    await detail.getByText('Succeeded', { exact: true }).waitFor();

    const [execution = expect.unreachable()] = await executionsFor(system(), user);
    await page.getByRole('group', { name: /^The way through .*succeeded/ }).waitFor();
    for (const summary of await detail.locator('summary').all()) await summary.click();
    const shown = detail.getByRole('region', { name: 'Input of the execution' });
    expect(JSON.parse((await shown.textContent()) ?? '')).toEqual(execution.input);
    expect(await detail.textContent()).toContain(user.email);
    expect(await detail.getByRole('region', { name: /^Output of / }).count()).toBeGreaterThan(0);
    expect(await page.content()).not.toMatch(new RegExp(`(?<!\\d)${code}(?!\\d)`));
  });

  it('keeps the fault switches of two pages alike, and refuses a number that is none', async () => {
    const [one, other] = [await open('faults'), await open('faults')];
    const slow = (page: Page) => page.getByRole('switch', { name: 'SES is slow' });
    await Promise.all([sees(one, /^Live$/), sees(other, /^Live$/)]);

    await one.getByRole('spinbutton', { name: 'Seconds (SES is slow)' }).fill('12');
    await slow(one).check();
    await expect.poll(() => slow(other).isChecked()).toBe(true);
    expect(system().faults.current().sesDelaySeconds).toBe(12);
    await other.getByRole('button', { name: 'All off' }).click();
    await expect.poll(() => slow(one).isChecked()).toBe(false);

    await one.getByRole('spinbutton', { name: 'Percent (SES throttles)' }).fill('101');
    await one.getByRole('switch', { name: 'SES throttles' }).click();
    await sees(one, 'SES throttles. Percent: a whole number from 1 to 100.');
    expect(system().faults.current().sesThrottlePercent).toBe(0);
  });
});
