import { expect, it } from 'vitest';
import { describeInBrowser, useConsole, visit } from '../../support/browser/browser.ts';
import {
  codeField,
  hideTimeUntilSent,
  isTold,
  provePassword,
  SIGNED_IN,
  sendCode,
} from '../../support/browser/sign-in-page.ts';
import { setFaults } from '../../support/system/local-api.ts';
import { codeOf, createUser, mailsTo, waitForCode, wrongCode } from '../../support/system/local-system.ts';

describeInBrowser('the code', () => {
  const { system, open, openContext } = useConsole();

  it('can be mailed again once the countdown is over, and is the same one', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const resend = page.getByRole('button', { name: 'Order a new mail' });
    const wait = page.getByText(/^A new mail is possible in 0:\d\d\.$/);
    const first = await wait.textContent();
    expect(await resend.isDisabled()).toBe(true);
    await expect.poll(() => wait.textContent(), { timeout: 10_000 }).not.toBe(first);
    await system().idle();
    await isTold(page, /^A code of 6 digits was sent/);
    await setFaults(system(), { clockOffsetSeconds: 31 });

    await resend.click();
    await isTold(page, /^Another mail with the same code is on its way to u\S*@e\S*\.$/);
    await page.getByText(/^A new mail is possible in (1:00|0:[345]\d)\.$/).waitFor();
    const code = await waitForCode(system(), user, 2);
    await sendCode(page, code);

    await isTold(page, SIGNED_IN);
    expect(mailsTo(system(), user).map(codeOf)).toEqual([code, code]);
  });

  it('counts down, is said to have expired, and is followed by a new one', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const left = page.getByText(/^The code works for another [0-4]:\d\d\.$/);
    const first = await left.textContent();
    await expect.poll(() => left.textContent(), { timeout: 10_000 }).not.toBe(first);
    const old = await waitForCode(system(), user);

    await setFaults(system(), { clockOffsetSeconds: 301 });
    await isTold(page, /^The code has expired\. Order a new mail below/);
    await page.getByText('The code has expired.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Order a new mail' }).click();
    await isTold(page, /^A new code is on its way .* Earlier codes no longer work\.$/);
    const code = await waitForCode(system(), user, 2);
    if (code !== old) {
      await sendCode(page, old);
      await isTold(page, /^That is not the code\./);
    }
    await sendCode(page, code);

    await isTold(page, SIGNED_IN);
  });

  it('that is typed too late is replaced by a new one, in words', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const old = await waitForCode(system(), user);

    await hideTimeUntilSent(page);
    await setFaults(system(), { clockOffsetSeconds: 301 });
    await sendCode(page, old);
    await isTold(page, /^That code can no longer be used: it has expired\. A new code is on its way to /);
    await sendCode(page, await waitForCode(system(), user, 2));

    await isTold(page, SIGNED_IN);
  });

  it('is worthless once it was used, also by way of going back', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const used = await waitForCode(system(), user);
    await sendCode(page, used);
    await isTold(page, SIGNED_IN);

    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await page.goBack();
    await isTold(page, /^Welcome back\. You are signed in as /);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await provePassword(page, user);
    const fresh = await waitForCode(system(), user, 2);
    await sendCode(page, used === fresh ? wrongCode(used) : used);

    await isTold(page, /^That is not the code\./);
  });

  it('can be answered after the page was loaded again', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);

    await page.reload();
    await isTold(page, /^Your sign-in goes on where it was\. A code of 6 digits /);
    await sendCode(page, await waitForCode(system(), user));

    await isTold(page, SIGNED_IN);
  });

  it('that is missed too often ends the sign-in, and a new sign-in works', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const code = wrongCode(await waitForCode(system(), user));

    await sendCode(page, code);
    // The page sends no code twice by itself.
    for (let round = 1; round < 8; round++) {
      await expect.poll(() => codeField(page).inputValue(), { timeout: 20_000 }).toBe('');
      await codeField(page).fill(code);
      await page.getByRole('button', { name: 'Confirm' }).click();
    }
    await isTold(page, /^The sign-in has ended: too many tries/);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await provePassword(page, user);
    // The second mail has the code of the new challenge; the old one was exhausted by five wrong answers.
    await sendCode(page, await waitForCode(system(), user, 2));

    await isTold(page, SIGNED_IN);
  });

  it('cannot be answered after the sign-in has ended on the side of the pool', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const code = await waitForCode(system(), user);

    await hideTimeUntilSent(page);
    await setFaults(system(), { clockOffsetSeconds: 16 * 60 });
    await sendCode(page, code);

    await isTold(page, /^The sign-in has ended.* Please sign in again/);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  });

  it('belongs to all sign-ins of a user, and lets one of them in', async () => {
    const user = await createUser(system());
    const [one, other] = [await open(''), await open('')];
    await provePassword(one, user);
    await provePassword(other, user);
    const code = await waitForCode(system(), user);
    expect(mailsTo(system(), user)).toHaveLength(1);

    await sendCode(one, code);
    await isTold(one, SIGNED_IN);
    await sendCode(other, code);
    await isTold(other, /^That code can no longer be used: .* was used already/);
    await sendCode(other, await waitForCode(system(), user, 2));

    await isTold(other, SIGNED_IN);
  });

  it('opens all tabs of one browser, and signing out closes them', async () => {
    const user = await createUser(system());
    const context = await openContext();
    const [one, other] = [await visit(context, system(), ''), await visit(context, system(), '')];
    await provePassword(one, user);
    await provePassword(other, user);

    await sendCode(one, await waitForCode(system(), user));
    await isTold(one, SIGNED_IN);
    await isTold(other, /^Another tab has signed in\. You are signed in as /);
    await other.getByRole('button', { name: 'Sign out' }).click();

    await isTold(other, /^You are signed out\.$/);
    await isTold(one, /^You have signed out in another tab\.$/);
    expect(mailsTo(system(), user)).toHaveLength(1);
  });

  it('reaches each of two people who sign in at the same time in two browsers', async () => {
    const users = [await createUser(system()), await createUser(system())];

    await Promise.all(
      users.map(async (user) => {
        const page = await open('');
        await provePassword(page, user);
        await sendCode(page, await waitForCode(system(), user));
        await isTold(page, new RegExp(`You are signed in as ${user.email}\\.$`));
        await codeField(page).waitFor({ state: 'hidden' });
      }),
    );

    expect(users.map((user) => mailsTo(system(), user).length)).toEqual([1, 1]);
  });
});
