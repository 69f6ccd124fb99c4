import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, useConsole } from '../../support/browser/browser.ts';
import { holdCall, watchAnswers } from '../../support/browser/calls-in-flight.ts';
import { codeField, isTold, provePassword, SIGNED_IN } from '../../support/browser/sign-in-page.ts';
import { challengeFor, setFaults } from '../../support/system/local-api.ts';
import { createUser, waitForCode, wrongCode } from '../../support/system/local-system.ts';

const FULL_WIDTH_ZERO = 0xff10;

/** The digits that an input method for Japanese types. */
const toFullWidth = (code: string): string =>
  [...code].map((digit) => String.fromCharCode(FULL_WIDTH_ZERO + Number(digit))).join('');

/** The page marks its button as busy in the same turn in which it sends. */
const isSending = async (page: Page): Promise<boolean> =>
  (await page.locator('#code-submit[aria-busy]').count()) > 0;

describeInBrowser('a code that is complete', () => {
  const { system, open } = useConsole();

  const askForCode = async () => {
    const user = await createUser(system());
    const page = await open('');
    const answers = watchAnswers(page);
    await provePassword(page, user);
    return { user, page, answers, code: await waitForCode(system(), user) };
  };

  it('is sent with its last digit, once', async () => {
    const { page, answers, code } = await askForCode();
    const call = await holdCall(page, /^\d+$/, 'request');

    await codeField(page).pressSequentially(code.slice(0, -1));
    expect(await isSending(page)).toBe(false);
    await codeField(page).press(code.slice(-1));
    await call.held;
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    expect(await codeField(page).inputValue()).toBe(code);
    call.release();

    await isTold(page, SIGNED_IN);
    expect(answers.filter((answer) => answer !== 'status')).toEqual([code]);
  });

  it('is not sent a second time by the page if it was wrong, also not after another one', async () => {
    const { user, page, answers, code } = await askForCode();
    const wrong = wrongCode(code);
    const other = wrongCode(wrong);
    for (const [typed, left] of [
      [wrong, 4],
      [other, 3],
    ] as const) {
      await codeField(page).fill(typed);
      await isTold(page, new RegExp(`You have ${left} tries left\\.$`));
    }

    await codeField(page).pressSequentially(wrong);
    expect(await isSending(page)).toBe(false);
    await codeField(page).press('Enter');
    await isTold(page, /You have 2 tries left\.$/);

    expect(answers.filter((answer) => answer !== 'status')).toEqual([wrong, other, wrong]);
    expect((await challengeFor(system(), user)).attempts).toBe(3);
  });

  it('is not sent again by the page if it got no answer and its last digit is typed again', async () => {
    const { page, answers, code } = await askForCode();
    const isCall = (url: URL) => url.pathname === '/';
    await page.route(isCall, (route) => route.abort());
    await codeField(page).fill(code);
    await isTold(page, /^The service does not answer\./);
    await page.unroute(isCall);
    const tried = answers.length;

    await codeField(page).press('End');
    await codeField(page).press('Backspace');
    await codeField(page).press(code.slice(-1));
    expect(await isSending(page)).toBe(false);
    expect(answers).toHaveLength(tried);
    await page.getByRole('button', { name: 'Confirm' }).click();

    await isTold(page, SIGNED_IN);
  });

  it('waits until an input method has ended, and may have digits of another script', async () => {
    const { page, answers, code } = await askForCode();
    const text = toFullWidth(code);
    const devtools = await page.context().newCDPSession(page);
    await codeField(page).focus();

    await devtools.send('Input.imeSetComposition', { text, selectionStart: 6, selectionEnd: 6 });
    expect(await codeField(page).inputValue()).toBe(text);
    expect(await isSending(page)).toBe(false);
    await devtools.send('Input.insertText', { text });

    await isTold(page, SIGNED_IN);
    expect(answers.filter((answer) => answer !== 'status')).toEqual([code]);
  });

  it('is not sent while a mail is being ordered', async () => {
    const { page, answers, code } = await askForCode();
    await isTold(page, /^A code of 6 digits was sent/);
    const call = await holdCall(page, /^resend$/, 'request');
    await setFaults(system(), { clockOffsetSeconds: 31 });
    await page.getByRole('button', { name: 'Order a new mail' }).click();
    await call.held;

    await codeField(page).press('Control+A');
    await page.keyboard.type(code);
    expect(await codeField(page).inputValue()).toBe('');
    // As an extension of the browser fills it in.
    await page.evaluate(
      `(({ field, code }) => { field.value = code; field.dispatchEvent(new Event('input')); })({ field: document.querySelector('#code'), code: '${code}' })`,
    );
    expect(await page.locator('#code-submit[aria-busy]').count()).toBe(0);
    call.release();
    await isTold(page, /^Another mail with the same code /);
    await codeField(page).fill(code);

    await isTold(page, SIGNED_IN);
    expect(answers.filter((answer) => answer !== 'status')).toEqual(['resend', code]);
  });
});
