/** What a person does on the sign-in page and in the inbox. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PASSWORD, type TestUser } from '../system/local-system.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };

/** Waits until the page's one live sentence matches. */
export const isTold = (page: Page, sentence: RegExp, options = PATIENCE): Promise<void> =>
  expect.poll(() => page.getByRole('status').textContent(), options).toMatch(sentence);

export const CODE_ASKED = /^A code of 6 digits (is on its way|was sent) to \S+\*@\S+\.( .+)?$/;
export const SIGNED_IN = /You are signed in as \S+@example\.com\.$/;

export const codeField = (page: Page) => page.getByRole('textbox', { name: 'Code from the mail' });

/** Waits until the page has loaded and takes address and password, and returns the button that sends them. */
export const readyToSignIn = async (page: Page) => {
  const button = page.getByRole('button', { name: 'Sign in' });
  await expect.poll(() => button.isEnabled(), PATIENCE).toBe(true);
  return button;
};

/** Types address and password and sends them off. */
export const sendPassword = async (page: Page, { email }: TestUser, password = PASSWORD): Promise<void> => {
  const button = await readyToSignIn(page);
  await page.getByRole('textbox', { name: 'Email address' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await button.click();
};

/** Sends address and password, and waits for the field of the code. The page may say by then that no mail could be sent. */
export const reachCodeField = async (page: Page, user: TestUser): Promise<void> => {
  await sendPassword(page, user);
  await codeField(page).waitFor();
};

/** Sends address and password, and waits until the page says that a code was sent. */
export const provePassword = async (page: Page, user: TestUser): Promise<void> => {
  await reachCodeField(page, user);
  await isTold(page, CODE_ASKED);
};

/** Types the code, which the page sends by itself. What cannot be a code is sent by hand. */
export const sendCode = async (page: Page, code: string): Promise<void> => {
  await expect.poll(() => codeField(page).isEditable(), PATIENCE).toBe(true);
  await codeField(page).fill(code);
  if (!/^\d{6}$/.test(code)) await page.getByRole('button', { name: 'Confirm' }).click();
};

/**
 * Lets the page learn only with its next code that the service's time has moved. A page that knows it sends no code that has
 * expired. A digit is typed, so that the page asks nothing by itself meanwhile.
 */
export const hideTimeUntilSent = async (page: Page): Promise<void> => {
  await codeField(page).fill('1');
  const sent = page.waitForRequest((request) => /"ANSWER"/.test(request.postData() ?? ''));
  await page.route('**/_local/clock.json', async (route) => {
    await sent;
    await route.continue();
  });
};

export const mailCards = (inbox: Page, { email }: TestUser) =>
  inbox.getByRole('article').filter({ hasText: email });

export const copyButton = (inbox: Page, user: TestUser) =>
  mailCards(inbox, user)
    .first()
    .getByRole('button', { name: /^Copy code \d/ });

/** The code as the inbox page shows it in the user's newest mail. */
export const readCode = async (inbox: Page, user: TestUser): Promise<string> => {
  const name = await copyButton(inbox, user).textContent();
  return /\d{6}/.exec(name ?? '')?.[0] ?? expect.unreachable(`No code in "${name}"`);
};
