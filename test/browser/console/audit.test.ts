import { expect, it } from 'vitest';
import { describeInBrowser, sees, useConsole, visit } from '../../support/browser/browser.ts';
import { isTold, provePassword, SIGNED_IN, sendCode } from '../../support/browser/sign-in-page.ts';
import {
  answerWrongly,
  bouncing,
  cards,
  openTimeline,
  wrongAnswers,
} from '../../support/browser/states/audit-states.ts';
import { orderMail } from '../../support/browser/states/console-states.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { challengeFor } from '../../support/system/local-api.ts';
import { createUser, waitForCode, wrongCode } from '../../support/system/local-system.ts';

describeInBrowser('the audit trail', () => {
  const console = useConsole();
  const { system, open, openContext } = console;

  it('shows a sign-in while it goes on, and leaves open and focused what is so', async () => {
    const user = await createUser(system());
    const context = await openContext();
    const trail = await visit(context, system(), `audit?user=${user.email}`);
    await sees(trail, 'No challenge fits.');
    const signIn = await visit(context, system(), '');

    await provePassword(signIn, user);
    const card = cards(trail);
    await openTimeline(trail, card);
    await card.getByText('Mail 1: accepted by the recipient').waitFor();
    const link = card.getByRole('link', { name: /-000000$/ }).first();
    await link.focus();
    const code = await waitForCode(system(), user);
    await sendCode(signIn, wrongCode(code));
    await card.getByText('1 wrong answer', { exact: true }).waitFor();
    await sendCode(signIn, code);
    await isTold(signIn, SIGNED_IN);
    await card.getByText('Verified', { exact: true }).first().waitFor();

    const steps = await card.getByRole('listitem').allInnerTexts();
    const all = steps.map((step) => /(?:Mail 1: )?[A-Z][a-z][^\n]*/.exec(step)?.[0]);
    // Facts of guard-tokens may follow after the verification.
    const words = all.slice(0, all.indexOf('Verified') + 1);
    expect([words[0], ...words.slice(-2)]).toEqual(['Mail 1: code requested', 'Wrong answer', 'Verified']);
    expect(words.slice(1, -2).toSorted()).toEqual([
      "Mail 1: accepted by the recipient's server",
      'Mail 1: mailed',
      'Mail 1: taken by SES',
    ]);
    expect(steps[words.length - 1]).toMatch(/^[\d:.]+ UTC\s+\+\d[\s\S]+claimed client\s+Mozilla/);
    await sees(trail, /“claimed” is the client’s own word, which nobody has checked/);
    expect(await trail.locator('a:focus').getAttribute('href')).toMatch(/^inbox#mail-/);
    expect(await trail.content()).not.toContain(code);
  });

  it('leads to the execution and back, and from a user to their challenges', async () => {
    const user = await orderMail(console);
    await orderMail(console);
    const { email } = user;
    await challengeFor(system(), user);
    const page = await open('users');
    await page.getByRole('link', { name: `Trail of ${email}` }).click();
    await sees(page, '1 challenge found');

    await openTimeline(page);
    await cards(page)
      .getByRole('link', { name: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ })
      .last()
      .click();
    const detail = page.getByRole('region', { name: /^Execution of / });
    expect(await detail.getByRole('region', { name: 'Input of the execution' }).textContent()).toContain(
      email,
    );
    await detail.getByRole('link', { name: 'Audit trail' }).click();

    await page.getByText('Mail 1: code requested').waitFor();
    expect(await page.locator('details[open]').count()).toBe(1);
    expect(await page.locator('summary:focus').count()).toBe(1);
  });

  it('can be narrowed to a user and to a problem', async () => {
    const [{ email }, other] = [await orderMail(console, bouncing()), await orderMail(console)];
    await system().settled();
    const page = await open('audit');
    await page.getByRole('combobox', { name: 'Show' }).selectOption('Bounced');
    await sees(page, '1 challenge found');
    expect(await cards(page).textContent()).toContain("returned for good: the recipient's server refused it");

    const filterUser = async (address: string) => {
      await page.getByRole('textbox', { name: 'User' }).fill(address);
      await page.getByRole('button', { name: 'Filter' }).click();
    };
    await filterUser(other.email);
    await sees(page, '0 challenges found');
    await filterUser(email.toUpperCase());
    await sees(page, '1 challenge found');
    await filterUser('nobody@example.com');
    await sees(page, 'Nobody in the user pool has this address.');
    await page.getByRole('button', { name: 'Show all' }).click();

    await expect.poll(() => cards(page).count()).toBeGreaterThanOrEqual(2);
  });

  it('shows wrong answers in a row as one line, which stays open while more come', async () => {
    const { user, step, code } = await answerWrongly(system(), 2);
    const page = await open(`audit?user=${user.email}`);
    await openTimeline(page);
    await wrongAnswers(page)
      .getByText(/^2 wrong answers, [\d:]{8} UTC to [\d:]{8} UTC$/)
      .click();
    expect(await wrongAnswers(page).getByRole('listitem').count()).toBe(2);

    await answerCode(system().client, user, step, wrongCode(code));

    await wrongAnswers(page)
      .getByText(/^3 wrong answers, /)
      .waitFor();
    expect(await wrongAnswers(page).getByRole('listitem').filter({ visible: true }).count()).toBe(3);
  });

  it('leads from a mask to all challenges of its user, and from a time to this one for good', async () => {
    const { email } = await orderMail(console);
    await orderMail(console);
    const page = await open(`audit?user=${email}`);
    await page.getByRole('link', { name: /: all challenges of this user$/ }).click();
    await page.waitForURL(/\/audit\?user=[0-9a-f-]{36}$/);
    await sees(page, '1 challenge found');

    const address = await cards(page).getByRole('heading').getByRole('link').getAttribute('href');
    expect(address).toMatch(/^audit#[0-9a-f-]{36}$/);
    // Somebody else opens the link, whatever they have filtered.
    const elsewhere = await open(`audit?show=VERIFIED${address?.replace('audit', '')}`);
    await elsewhere.locator('details[open]').getByText('Mail 1: code requested').waitFor();
  });
});
