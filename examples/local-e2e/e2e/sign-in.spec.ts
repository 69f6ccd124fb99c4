import { expect, type Page, test } from '@playwright/test';
import { codeOf, createUser, mailsTo, setFaults, type User } from './local.ts';

const enterPassword = async (page: Page, { email, password }: User) => {
  await page.goto('/');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('status')).toContainText('A code is on its way');
};

const enterCode = async (page: Page, code: string) => {
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
};

/** A code of the same length that is another one. */
const wrong = (code: string) => code.replace(/\d$/, (last) => String((Number(last) + 1) % 10));

test.afterEach(() => setFaults({ clockOffsetSeconds: 0, sesDelaySeconds: 0 }));

test('signs in with the code from the mail', async ({ page }) => {
  const user = await createUser();
  await enterPassword(page, user);

  await enterCode(page, await codeOf(user));

  await expect(page.getByRole('status')).toHaveText(`Signed in as ${user.email}`);
});

test('lets a wrong code be corrected, with no further mail', async ({ page }) => {
  const user = await createUser();
  await enterPassword(page, user);
  const code = await codeOf(user);

  await enterCode(page, wrong(code));
  await expect(page.getByRole('status')).toContainText('That was not the code. Tries left: 4');
  await enterCode(page, code);

  await expect(page.getByRole('status')).toHaveText(`Signed in as ${user.email}`);
  expect(await mailsTo(user)).toHaveLength(1);
});

test('says that a code is too old, and mails another one', async ({ page }) => {
  const user = await createUser();
  await enterPassword(page, user);
  const code = await codeOf(user);

  // One second longer than a code lives (codeLifetime).
  await setFaults({ clockOffsetSeconds: 301 });
  await enterCode(page, code);
  await expect(page.getByRole('status')).toContainText('That code does not work any more');
  await enterCode(page, await codeOf(user, 2));

  await expect(page.getByRole('status')).toHaveText(`Signed in as ${user.email}`);
});

test('asks for the code at once where the mail is slow', async ({ page }) => {
  const user = await createUser();
  await setFaults({ sesDelaySeconds: 3 });

  await enterPassword(page, user);

  expect(await mailsTo(user)).toHaveLength(0);
  await enterCode(page, await codeOf(user));
  await expect(page.getByRole('status')).toHaveText(`Signed in as ${user.email}`);
});
