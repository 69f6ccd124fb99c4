import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Faults } from '../../../local/faults/fault-table.ts';
import { describeInBrowser, useConsole } from '../../support/browser/browser.ts';
import { CODE_ASKED, codeField, isTold, provePassword } from '../../support/browser/sign-in-page.ts';
import { setFaults } from '../../support/system/local-api.ts';
import { createUser } from '../../support/system/local-system.ts';

const FAILED =
  /^The mail with the code could not be sent\. Order a new mail below\. If that does not help, try again later\.$/;

/** What goes wrong with a mail, and what the page says of it. */
const TROUBLES: readonly { email?: string; faults?: Partial<Faults>; says: RegExp }[] = [
  { email: 'bounce+page@simulator.amazonses.com', says: /^The mail was returned: / },
  { email: 'suppressionlist+page@simulator.amazonses.com', says: /^The mail could not be sent: we may not / },
  {
    email: 'rejected+page@outcome.example.com',
    says: /^The mail with the code could not be sent\. .*contact sup/,
  },
  { faults: { sesPaused: true }, says: FAILED },
  { faults: { sesPaused: false, sesDown: true }, says: /^The mail with the code could not be sent yet\. / },
];

/** Milliseconds after which the page has said what is known by then. */
const KNOWN_WITHIN_MS = 8_000;

/** Milliseconds after the order of a mail, at which the page asks by itself. */
const ASK_AFTER_MS = 6_000;

const askButton = (page: Page) => page.getByRole('button', { name: 'Ask how the mail stands' });

/** When the page has asked how the mail stands. */
const watchStatusCalls = (page: Page): readonly number[] => {
  const times: number[] = [];
  page.on('request', (request) => {
    if (/"action":"status"/.test(request.postData() ?? '')) times.push(performance.now());
  });
  return times;
};

describeInBrowser('how the mail stands', () => {
  const { system, open } = useConsole();

  /** Moves the service's clock past the cooldown, and waits until the page has seen that. */
  const letCooldownPass = async (page: Page): Promise<void> => {
    await setFaults(system(), { clockOffsetSeconds: 31 });
    const resend = page.getByRole('button', { name: 'Order a new mail' });
    await expect.poll(() => resend.isEnabled(), { timeout: 10_000 }).toBe(true);
  };

  /** Waits until the block "No mail?" is there, 20 seconds after the order by the service's clock. */
  const waitInVain = async (page: Page, clockOffsetSeconds: number): Promise<void> => {
    await setFaults(system(), { clockOffsetSeconds });
    await page.getByRole('region', { name: 'No mail?' }).waitFor();
  };

  it('is told to whoever asks: that it has failed, and that the next one has gone out', async () => {
    const user = await createUser(system());
    const page = await open('');
    const calls = watchStatusCalls(page);
    await setFaults(system(), { sesQuotaReached: true });
    await provePassword(page, user);
    await codeField(page).pressSequentially('1');
    await system().idle();
    expect(await askButton(page).isVisible()).toBe(false);

    await waitInVain(page, 21);
    await askButton(page).click();
    await isTold(page, FAILED);
    expect(calls).toHaveLength(1);
    expect(await codeField(page).inputValue()).toBe('1');

    await setFaults(system(), { sesQuotaReached: false });
    await letCooldownPass(page);
    await page.getByRole('button', { name: 'Order a new mail' }).click();
    await isTold(page, /^(Another mail with the same code|The mail with the code|A new code) is on its way/);
    await codeField(page).pressSequentially('1');
    await system().idle();
    await waitInVain(page, 60);
    await askButton(page).click();
    await isTold(page, /^A code of 6 digits was sent to /);
  });

  it('is asked by the page itself, six seconds after the order, if nothing is typed', async () => {
    const user = await createUser(system());
    const page = await open('');
    const calls = watchStatusCalls(page);
    await setFaults(system(), { sesQuotaReached: true });

    const started = performance.now();
    await provePassword(page, user);
    await isTold(page, FAILED);

    expect(calls).toHaveLength(1);
    expect(Number(calls[0]) - started).toBeGreaterThan(ASK_AFTER_MS);
  });

  it('is said within 8 seconds, whatever has become of the mail, with one call and nothing typed', async () => {
    const waiting: Promise<number>[] = [];
    const calls: (readonly number[])[] = [];
    for (const { email, faults, says } of TROUBLES) {
      if (faults !== undefined) await setFaults(system(), faults);
      const page = await open('');
      calls.push(watchStatusCalls(page));
      await provePassword(page, await createUser(system(), email === undefined ? {} : { email }));
      const asked = performance.now();
      waiting.push(isTold(page, says).then(() => performance.now() - asked));
      if (faults?.sesDown !== true) await system().idle();
    }

    for (const took of await Promise.all(waiting)) expect(took).toBeLessThan(KNOWN_WITHIN_MS);
    expect(calls.map(({ length }) => length)).toEqual(TROUBLES.map(() => 1));
  });

  it('is asked so once only, however long the mail takes, and again after the next order', async () => {
    const user = await createUser(system());
    const page = await open('');
    const calls = watchStatusCalls(page);
    await setFaults(system(), { feedbackLost: 100 });
    await provePassword(page, user);
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(1);
    await isTold(page, /^A code of 6 digits was sent to \S+$/);

    await letCooldownPass(page);
    expect(calls).toHaveLength(1);
    await page.getByRole('button', { name: 'Order a new mail' }).click();

    await isTold(page, /^Another mail with the same code /);
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(2);
  });

  it('is not asked by the page while something is typed', async () => {
    const user = await createUser(system());
    const page = await open('');
    const calls = watchStatusCalls(page);
    await setFaults(system(), { feedbackLost: 100 });
    await provePassword(page, user);

    await codeField(page).pressSequentially('12');
    await letCooldownPass(page);
    const shown = await page.locator('#expiry').textContent();
    await expect.poll(() => page.locator('#expiry').textContent()).not.toBe(shown);
    expect(calls).toEqual([]);
    await isTold(page, CODE_ASKED);

    await codeField(page).fill('');
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(1);
  });
});
