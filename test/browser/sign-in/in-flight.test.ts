import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, useConsole, visit } from '../../support/browser/browser.ts';
import { holdCall, watchAnswers } from '../../support/browser/calls-in-flight.ts';
import { codeField, isTold, provePassword, SIGNED_IN, sendCode } from '../../support/browser/sign-in-page.ts';
import { challengeFor, setFaults } from '../../support/system/local-api.ts';
import {
  createUser,
  mailsTo,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

const ENDED =
  /^The sign-in has ended: this step was answered already, here or in another window, or the answer to it was lost\. /;
const RESUMED = /^Your sign-in goes on where it was\. /;

/** A browser takes the time from a tab that nobody sees. */
const setLife = async (page: Page, state: 'frozen' | 'active'): Promise<void> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state });
  await devtools.detach();
};

describeInBrowser('a sign-in that is disturbed', () => {
  const { system, open, openContext } = useConsole();

  const askForCode = async (opened?: Page) => {
    const user = await createUser(system());
    const page = opened ?? (await open(''));
    const answers = watchAnswers(page);
    await provePassword(page, user);
    return { user, page, answers };
  };
  /** How many wrong codes the service has counted. */
  const attemptsOf = async (user: TestUser): Promise<number> => (await challengeFor(system(), user)).attempts;

  /** Signs in once more, which costs no further mail as long as the code works. */
  const signInAgain = async (page: Page, user: TestUser, code: string): Promise<void> => {
    await provePassword(page, user);
    await sendCode(page, code);
    await isTold(page, SIGNED_IN);
    expect(mailsTo(system(), user)).toHaveLength(1);
  };

  it.each(['request', 'response'] as const)(
    'keeps a code that is typed while the page asks how the mail stands, the %s being slow',
    async (where) => {
      const page = await open('');
      const call = await holdCall(page, /^status$/, where);
      const { user, answers } = await askForCode(page);
      const code = await waitForCode(system(), user);
      await call.held;

      await sendCode(page, wrongCode(code));
      expect(answers).toEqual(['status']);
      call.release();
      await isTold(page, /You have 4 tries left\.$/);
      await sendCode(page, code);

      await isTold(page, SIGNED_IN);
      expect(answers).toEqual(['status', wrongCode(code), code]);
      expect(await attemptsOf(user)).toBe(1);
    },
  );

  it('goes on after a reload if the call under way had not arrived', async () => {
    const { user, page } = await askForCode();
    const code = await waitForCode(system(), user);
    const call = await holdCall(page, /^\d+$/, 'request');
    await sendCode(page, wrongCode(code));
    await call.held;

    await page.reload();
    await isTold(page, RESUMED);
    await sendCode(page, code);

    await isTold(page, SIGNED_IN);
    expect(await attemptsOf(user)).toBe(0);
  });

  it('says after a reload that the answer to a question was lost, and the code still works', async () => {
    const page = await open('');
    const call = await holdCall(page, /^status$/, 'response');
    const { user } = await askForCode(page);
    await call.held;

    await page.reload();
    await isTold(page, ENDED);
    await isTold(page, /If you sign in again within \d+ seconds, the code that you have still works\.$/);
    expect(await attemptsOf(user)).toBe(0);

    await signInAgain(page, user, await waitForCode(system(), user));
    expect(await attemptsOf(user)).toBe(0);
  });

  it('says after a reload that the answer to a code was lost, and counts that code once', async () => {
    const { user, page } = await askForCode();
    const code = await waitForCode(system(), user);
    const call = await holdCall(page, /^\d+$/, 'response');
    await sendCode(page, wrongCode(code));
    await call.held;

    await page.reload();
    await isTold(page, ENDED);
    expect(await attemptsOf(user)).toBe(1);

    await signInAgain(page, user, code);
    expect(await attemptsOf(user)).toBe(1);
  });

  it('goes on after the person has gone to another page and back', async () => {
    const { user, page, answers } = await askForCode();
    await codeField(page).fill('1');
    await page.goto(`${system().url}/inbox`);

    await page.goBack();
    await codeField(page).waitFor();
    await sendCode(page, await waitForCode(system(), user));

    await isTold(page, SIGNED_IN);
    expect(answers.filter((answer) => answer !== 'status')).toHaveLength(1);
    expect(await attemptsOf(user)).toBe(0);
  });

  it('is over in one tab if another has signed in, also where an answer comes later', async () => {
    const user = await createUser(system());
    const context = await openContext();
    const [one, other] = [await visit(context, system(), ''), await visit(context, system(), '')];
    const call = await holdCall(one, /^status$/, 'response');
    await provePassword(one, user);
    await call.held;
    await provePassword(other, user);

    await sendCode(other, await waitForCode(system(), user));
    await isTold(other, SIGNED_IN);
    await isTold(one, /^Another tab has signed in\./);
    call.release();
    await isTold(one, /^Another tab has signed in\./);

    expect(await one.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(true);
    expect(await attemptsOf(user)).toBe(0);
  });

  it('goes on in a tab that has slept', async () => {
    const { user, page, answers } = await askForCode();
    const code = await waitForCode(system(), user);
    await codeField(page).fill('1');
    await setLife(page, 'frozen');
    await setFaults(system(), { clockOffsetSeconds: 100 });

    await setLife(page, 'active');
    await page.getByText(/^The code works for another [0-3]:\d\d\.$/).waitFor();
    await sendCode(page, code);

    await isTold(page, SIGNED_IN);
    expect(answers.filter((answer) => answer !== 'status')).toEqual([code]);
  });

  it('sends nothing from a tab that has slept longer than the code works', async () => {
    const { user, page, answers } = await askForCode();
    const code = await waitForCode(system(), user);
    await codeField(page).fill('1');
    await setLife(page, 'frozen');
    await setFaults(system(), { clockOffsetSeconds: 301 });

    await setLife(page, 'active');
    await isTold(page, /^The code has expired\./);
    await codeField(page).fill(code);
    await codeField(page).press('Enter');

    expect(answers.filter((answer) => answer !== 'status')).toEqual([]);
    expect(await attemptsOf(user)).toBe(0);
  });
});
