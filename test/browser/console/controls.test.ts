import { expect, it } from 'vitest';
import { describeInBrowser, sees, useConsole, visit } from '../../support/browser/browser.ts';
import { mailCards, provePassword } from '../../support/browser/sign-in-page.ts';
import { openTimeline } from '../../support/browser/states/audit-states.ts';
import { orderMail } from '../../support/browser/states/console-states.ts';
import { listed, lockedPerson } from '../../support/browser/states/user-states.ts';
import { setFaults } from '../../support/system/local-api.ts';
import { createUser, waitForCode } from '../../support/system/local-system.ts';

describeInBrowser('the console lets somebody', () => {
  const console = useConsole();
  const { system, open, openContext } = console;

  it('choose the zone of all times once, for all pages', async () => {
    const user = await orderMail(console);
    await system().settled();
    const context = await openContext({ timezoneId: 'Asia/Kolkata' });
    const page = await visit(context, system(), 'inbox');
    await mailCards(page, user)
      .getByText(/^\d+ \w+ \d{4}, [\d:]{8} UTC$/)
      .first()
      .waitFor();

    await page.getByRole('combobox', { name: 'Times in' }).selectOption({ label: 'Local time (GMT+5:30)' });
    await mailCards(page, user)
      .getByText(/^\d+ \w+ \d{4}, [\d:]{8} GMT\+5:30$/)
      .first()
      .waitFor();
    const trail = await visit(context, system(), `audit?user=${user.email}`);
    await sees(trail, /mailed [\d:]{8} GMT\+5:30/i);

    await trail.getByRole('combobox', { name: 'Times in' }).selectOption('UTC');
    await sees(trail, /mailed [\d:]{8} UTC/i);
    await mailCards(page, user)
      .getByText(/^\d+ \w+ \d{4}, [\d:]{8} UTC$/)
      .first()
      .waitFor();
  });

  it('see on every page that faults are on, and switch them off there', async () => {
    const page = await open('dashboard');
    await sees(page, /^Live$/);
    const signIn = await open('');
    await setFaults(system(), { sesDown: true });
    const banner = page.getByRole('region', { name: 'Faults that are on' });
    await banner.getByText('Faults are on: SES is down.').waitFor();
    await sees(signIn, 'Faults are on: SES is down. Switch them off in a new tab');

    await banner.getByRole('button', { name: 'Switch them off' }).click();

    await banner.waitFor({ state: 'hidden' });
    expect(system().faults.current().sesDown).toBe(false);
    expect(await page.locator('main:focus').count()).toBe(1);
  });

  it('see who is locked, and unlock them with a reason that the trail keeps', async () => {
    const user = await lockedPerson(console);
    const page = await open('users');
    const row = listed(page, user.email);
    await row.getByText('Locked', { exact: true }).waitFor();
    await row.getByText(/^locked until .* UTC; 20 wrong codes in a row/i).waitFor();

    await page.getByRole('button', { name: `Unlock ${user.email}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Unlock' });
    await page.keyboard.press('Enter');
    await dialog.getByText(/^The reason is missing/).waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('called, identity checked');
    await page.keyboard.press('Enter');

    await sees(page, `${user.email} is unlocked.`);
    expect(await row.getByText('Locked', { exact: true }).count()).toBe(0);
    await page.getByRole('link', { name: `Trail of ${user.email}` }).click();
    await openTimeline(page);
    await sees(page, 'called, identity checked');
  });

  it('set a locale, and delete a user once they have said so', async () => {
    const { email } = await createUser(system());
    const page = await open('users');
    await page.getByRole('button', { name: `Set locale of ${email}` }).click();
    await page.getByRole('textbox', { name: 'Language of the mails' }).fill('pt-BR');
    await page.keyboard.press('Enter');
    await listed(page, email).getByText('locale pt-BR').waitFor();

    await page.getByRole('button', { name: `Delete ${email}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this user?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await listed(page, email).count()).toBe(1);
    await page.getByRole('button', { name: `Delete ${email}` }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();

    await sees(page, `${email} is deleted.`);
    expect(await listed(page, email).count()).toBe(0);
  });

  it('search the mails, delete one and all, and take one away as a file', async () => {
    const [one, other] = [await orderMail(console), await orderMail(console)];
    const page = await open('inbox');
    await mailCards(page, one).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill(one.email);
    await sees(page, '1 mail found');
    expect(await page.getByRole('article').count()).toBe(1);

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /^Download/ }).click();
    expect((await download).suggestedFilename()).toMatch(/\.eml$/);
    await page.getByRole('button', { name: /^Delete “/ }).click();
    await sees(page, 'No mail has all these words.');
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await mailCards(page, other).waitFor();
    expect(await mailCards(page, one).count()).toBe(0);

    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
    await sees(page, /^No mail yet/);
    expect(system().inbox.all()).toEqual([]);
  });

  it('take the newest code on the code step without the inbox', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const code = await waitForCode(system(), user);

    await sees(page, `Newest code: ${code}`);
    await page.getByRole('button', { name: 'Use it' }).click();

    await sees(page, /You are signed in as/);
  });

  it('choose a state of the graph by the keyboard, and read what it is and got, in large text', async () => {
    await orderMail(console);
    await system().idle();
    const page = await open('executions');
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    const state = page.getByRole('button', { name: /^GenerateAndSendCode .*: succeeded/ });
    await state.focus();
    await page.keyboard.press('Enter');

    const detail = page.getByRole('region', { name: 'State GenerateAndSendCode', exact: true });
    const definition = detail.getByRole('region', { name: 'Definition of GenerateAndSendCode' });
    expect(JSON.parse((await definition.textContent()) ?? '')).toMatchObject({
      Type: 'Task',
      TimeoutSeconds: 25,
    });
    await detail.getByRole('region', { name: 'Last output of GenerateAndSendCode' }).waitFor();
    expect(await state.getAttribute('aria-pressed')).toBe('true');
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
    await page.keyboard.press('Enter');
    await detail.waitFor({ state: 'hidden' });
  });

  it('read the runbook of an alarm', async () => {
    const page = await open('dashboard');
    await page
      .getByText('Insufficient data')
      .or(page.getByText('OK', { exact: true }))
      .first()
      .click();
    await page
      .getByRole('link', { name: /^[a-z-]+$/ })
      .first()
      .click();

    await page.getByRole('heading', { name: /\((page|ticket)\)$/ }).waitFor();
    await page.getByRole('link', { name: 'All alarms' }).click();
    await page.getByRole('table').waitFor();
  });
});
