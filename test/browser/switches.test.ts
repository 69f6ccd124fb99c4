import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, sees, useConsole } from '../support/browser/browser.ts';
import {
  codeField,
  hideTimeUntilSent,
  isTold,
  mailCards,
  provePassword,
  reachCodeField,
  readCode,
  SIGNED_IN,
  sendCode,
  sendPassword,
} from '../support/browser/sign-in-page.ts';
import { executionsFor, setFaults } from '../support/system/local-api.ts';
import { codeOf, createUser, mailsTo, waitForCode } from '../support/system/local-system.ts';

/** The longest that a mail takes at the real speed, in which much waiting is on purpose. */
const PATIENCE = { timeout: 50_000, interval: 100 };

describeInBrowser('with a switch of the faults page on', () => {
  const { system, open } = useConsole();

  const switchOn = async (page: Page, title: string): Promise<void> => {
    await page.getByRole('switch', { name: title }).check();
    await expect.poll(() => page.getByRole('button', { name: 'All off' }).isEnabled()).toBe(true);
  };
  const openWith = async (...titles: readonly string[]) => {
    const user = await createUser(system());
    const faults = await open('faults');
    await sees(faults, /^Live$/);
    for (const title of titles) await switchOn(faults, title);
    await sees(faults, titles.length === 1 ? '1 switch is on.' : `${titles.length} switches are on.`);
    return { user, faults, page: await open('') };
  };
  const openExecution = async (): Promise<Page> => {
    const page = await open('executions');
    await page.getByRole('region', { name: /^Execution of / }).waitFor();
    return page;
  };

  it('SES may be slow: the code is asked for at once', async () => {
    const { user, page } = await openWith('SES is slow');

    const started = performance.now();
    await provePassword(page, user);

    expect(performance.now() - started).toBeLessThan(8000);
    expect(mailsTo(system(), user)).toHaveLength(0);
    expect(await page.getByText(/^The code works for another [45]:\d\d\.$/).count()).toBe(1);
  });

  it('SES may be slow and throttle while answers get lost: one mail, and the retries show', async () => {
    const { user, page } = await openWith('SES is slow', 'SES throttles', 'Answers of triggers are lost');
    const inbox = await open('inbox');

    await sendPassword(page, user);
    await isTold(page, /^This is taking longer than usual\. .* it goes on by itself\.$/);
    await codeField(page).waitFor();
    await expect.poll(() => mailCards(inbox, user).count(), PATIENCE).toBe(1);
    const executions = await openExecution();
    await executions
      .getByRole('link', { name: /\d (retry|retries)$/ })
      .first()
      .click();
    await sees(executions, /^Try 1 failed with (EmailThrottled|LeaseHeld) after .* waited \d/);
    await sendCode(page, await readCode(inbox, user));
    await isTold(page, SIGNED_IN);

    await system().idle();
    expect(mailsTo(system(), user)).toHaveLength(1);
  });

  it('SES may be down: the mail comes when it is up again', async () => {
    const { user, page, faults } = await openWith('SES is down');
    await provePassword(page, user);
    const executions = await openExecution();
    await sees(executions, /^Try 1 failed with EmailUnavailable/);

    await faults.getByRole('button', { name: 'All off' }).click();
    await setFaults(system(), { clockRate: 10 });
    const code = await waitForCode(system(), user);
    // The sign-in has three minutes, which a busy machine must not be asked to spend at this rate.
    await setFaults(system(), { clockRate: 1 });
    await sendCode(page, code);

    await isTold(page, SIGNED_IN);
    await executions.getByText(/succeeded after \d (retry|retries), took/).waitFor();
  });

  it('the quota of the day may be used up: the page says that no mail could be sent', async () => {
    const { user, page } = await openWith('Daily quota reached');
    await reachCodeField(page, user);
    await sees(await openExecution(), /^Try 1 failed with EmailQuotaReached/);

    await sendCode(page, '000000');

    await isTold(page, /^That is not the code\. The mail with the code could not be sent\. /);
    expect(mailsTo(system(), user)).toHaveLength(0);
  });

  it('the sender may be killed after SES accepted: a second mail brings the same code', async () => {
    const { user, page } = await openWith('Crash after the mail went out');
    // If SES reported the first mail in time, no second one would be sent.
    await setFaults(system(), { clockRate: 20, feedbackDelaySeconds: 600 });
    await provePassword(page, user);
    const code = await waitForCode(system(), user, 2);

    await sendCode(page, code);

    await isTold(page, SIGNED_IN);
    expect(mailsTo(system(), user).map(codeOf)).toEqual([code, code]);
    await sees(await openExecution(), /^Try 1 failed with Runtime\.ExitError/);
  });

  it('executions may run twice: there is one mail', async () => {
    const { user, page } = await openWith('Executions run twice');
    await setFaults(system(), { clockRate: 10 });
    await provePassword(page, user);

    await sendCode(page, await waitForCode(system(), user));

    await isTold(page, SIGNED_IN);
    await system().idle();
    expect(mailsTo(system(), user)).toHaveLength(1);
    expect(await executionsFor(system(), user)).toHaveLength(2);
  });

  it('time may run faster: the code is gone in seconds', async () => {
    const { user, page, faults } = await openWith('Time runs faster');
    await faults.getByRole('spinbutton', { name: 'Times as fast (Time runs faster)' }).fill('100');
    await faults.keyboard.press('Tab');
    await expect.poll(() => system().faults.current().clockRate).toBe(100);

    await provePassword(page, user);

    await isTold(page, /^The code has expired\./);
  });

  it('the clock may be shifted: a code from before is too old', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const code = await waitForCode(system(), user);
    const faults = await open('faults');

    await hideTimeUntilSent(page);
    await switchOn(faults, 'Clock is shifted');
    await sendCode(page, code);

    await isTold(page, /^That code can no longer be used/);
  });
});
