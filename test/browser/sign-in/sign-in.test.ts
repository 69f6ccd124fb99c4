import { expect, it } from 'vitest';
import { describeInBrowser, useConsole, visit } from '../../support/browser/browser.ts';
import {
  CODE_ASKED,
  codeField,
  copyButton,
  isTold,
  provePassword,
  readCode,
  readyToSignIn,
  SIGNED_IN,
  sendCode,
  sendPassword,
} from '../../support/browser/sign-in-page.ts';
import { createUser, mailsTo, waitForCode, wrongCode } from '../../support/system/local-system.ts';

describeInBrowser('signing in', () => {
  const { system, open, openContext } = useConsole();

  it('takes a password and the code that the inbox shows, and tells what the token says', async () => {
    const user = await createUser(system());
    const context = await openContext();
    const page = await visit(context, system(), '');

    await provePassword(page, user);
    await sendCode(page, await readCode(await visit(context, system(), 'inbox'), user));
    await isTold(page, SIGNED_IN);

    const claims = page.getByRole('region', { name: 'Token claims' });
    const table = claims.getByRole('table', { name: 'What the ID token says' });
    await table.getByRole('row', { name: `Email address email ${user.email}` }).waitFor();
    expect(await table.textContent()).not.toMatch(/[{}]/);
    await claims.getByText('Show the access token too').click();
    await claims.getByRole('table', { name: 'What the access token says' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await isTold(page, /^You are signed out\.$/);
  });

  it('takes a code that is copied in the inbox and pasted', async () => {
    const user = await createUser(system());
    const context = await openContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await visit(context, system(), '');
    await provePassword(page, user);
    const inbox = await visit(context, system(), 'inbox');

    await copyButton(inbox, user).click();
    await inbox.getByText(/^Code \d{6} copied\.$/).waitFor();
    await page.bringToFront();
    await codeField(page).press('Control+V');

    await isTold(page, SIGNED_IN);
  });

  it('takes a code that is pasted with spaces', async () => {
    const user = await createUser(system());
    const context = await openContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await visit(context, system(), '');
    await provePassword(page, user);
    const code = await waitForCode(system(), user);

    await page.evaluate(`navigator.clipboard.writeText(' ${code.slice(0, 3)} ${code.slice(3)} ')`);
    const sent = page.waitForRequest((request) => (request.postData() ?? '').includes(`"ANSWER":"${code}"`));
    await codeField(page).press('Control+V');

    await sent;
    await isTold(page, SIGNED_IN);
  });

  it('keeps what is typed while the page is still loading', async () => {
    const user = await createUser(system());
    const context = await openContext();
    let release = () => {};
    const loaded = new Promise<void>((resolve) => {
      release = resolve;
    });
    await context.route(/\.js$/, async (route) => {
      await loaded;
      await route.continue();
    });
    const page = await context.newPage();
    await page.goto(`${system().url}/`, { waitUntil: 'commit' });
    await page.getByRole('textbox', { name: 'Email address' }).fill(user.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(user.password);

    release();
    await page.getByRole('button', { name: 'Sign in' }).click();

    await isTold(page, CODE_ASKED);
  });

  it('says that a code is wrong and how many tries are left, and takes the right one then', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);
    const code = await waitForCode(system(), user);

    await sendCode(page, wrongCode(code));
    await isTold(page, /^That is not the code\. .* You have 4 tries left\.$/);
    await sendCode(page, code);

    await isTold(page, SIGNED_IN);
    expect(mailsTo(system(), user)).toHaveLength(1);
  });

  it('asks for digits where something else was typed, and uses up no try', async () => {
    const user = await createUser(system());
    const page = await open('');
    await provePassword(page, user);

    await sendCode(page, '12a');

    await isTold(page, /^That could not be read as a code\. Type the 6 digits from the mail\.$/);
    await sendCode(page, await waitForCode(system(), user));
    await isTold(page, SIGNED_IN);
  });

  it('says the same of a wrong password and of an address that nobody has', async () => {
    const user = await createUser(system());
    const page = await open('');

    await sendPassword(page, user, 'not-the-password');
    await isTold(page, /^The email address or the password is not right\.$/);
    await sendPassword(page, { ...user, email: 'nobody@example.com' });

    await isTold(page, /^The email address or the password is not right\.$/);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  });

  it('blames nothing that was typed where the network fails, and takes it once more', async () => {
    const user = await createUser(system());
    const page = await open('');
    const toCognito = (url: URL) => url.pathname === '/';
    const marked = page.locator('[aria-invalid]');
    const unreachable = /^The service does not answer\. Check your connection, then try again\.$/;

    await page.route(toCognito, (route) => route.abort());
    await sendPassword(page, user);
    await isTold(page, unreachable);
    expect(await marked.count()).toBe(0);
    await page.unroute(toCognito);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await isTold(page, CODE_ASKED);

    await page.route(toCognito, (route) => route.abort());
    const code = await waitForCode(system(), user);
    await sendCode(page, code);
    await isTold(page, unreachable);
    expect(await marked.count()).toBe(0);
    expect(await codeField(page).inputValue()).toBe(code);
    await page.unroute(toCognito);
    await page.getByRole('button', { name: 'Confirm' }).click();

    await isTold(page, SIGNED_IN);
  });

  it('takes an address that was pasted with invisible characters around it', async () => {
    const user = await createUser(system());
    const page = await open('');

    await sendPassword(page, { ...user, email: `\u200b${user.email}\u200e` });

    await isTold(page, CODE_ASKED);
  });

  it('has a temporary password changed first', async () => {
    const user = await createUser(system(), { temporary: true });
    const page = await open('');
    await sendPassword(page, user);
    await page.getByRole('heading', { level: 1, name: 'Choose a new password' }).waitFor();
    const password = page.getByRole('textbox', { name: 'New password', exact: true });
    const again = page.getByRole('textbox', { name: 'New password again' });
    const choose = async (one: string, other: string) => {
      await password.fill(one);
      await again.fill(other);
      await page.getByRole('button', { name: 'Save and continue' }).click();
    };

    await choose('my-own-words-1', 'my-own-words-2');
    await isTold(page, /^The two passwords differ\./);
    await choose('short', 'short');
    await isTold(page, /^The password is too short/);
    await choose('my-own-words-1', 'my-own-words-1');
    await codeField(page).waitFor();
    await sendCode(page, await waitForCode(system(), user));

    await isTold(page, SIGNED_IN);
  });

  it('needs nothing but a keyboard', async () => {
    const user = await createUser(system());
    const page = await open('');
    const { keyboard } = page;
    const field = page.getByRole('textbox', { name: 'Email address' });
    await readyToSignIn(page);
    const tabUntil = async (selector: string) => {
      for (let presses = 0; presses < 20; presses++) {
        await keyboard.press('Tab');
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
      }
      expect.unreachable(`Tab does not lead to ${selector}`);
    };

    await tabUntil('#email');
    await keyboard.type(user.email);
    await keyboard.press('Tab');
    await keyboard.type(user.password);
    await keyboard.press('Enter');
    await codeField(page).waitFor();
    expect(await page.locator('#code:focus').count()).toBe(1);
    await keyboard.type(await waitForCode(system(), user));

    await isTold(page, SIGNED_IN);
    expect(await page.locator('h1:focus').count()).toBe(1);
    await tabUntil('#sign-out');
    await keyboard.press('Enter');
    await field.waitFor();
  });
});
