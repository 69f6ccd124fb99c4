import { expect, it } from 'vitest';
import { signInThroughEach, startAppSystem } from '../support/apps/app-system.ts';
import { describeInBrowser, sees, useConsole } from '../support/browser/browser.ts';
import { isTold, provePassword, SIGNED_IN, sendCode } from '../support/browser/sign-in-page.ts';
import { createUser, waitForCode } from '../support/system/local-system.ts';

describeInBrowser('the console of an app with two pools', () => {
  const { system, open } = useConsole(() => startAppSystem('two-pools'));

  it('shows one of them, and links to the others', async () => {
    await signInThroughEach(system(), 'GuestsOtp');
    const page = await open('audit');
    await sees(page, 'No challenge yet');
    const links = page.locator('.page-head a');

    expect(await links.allTextContents()).toEqual(['StaffOtp', 'sign in', 'GuestsOtp', 'sign in']);
    expect(await page.locator('a[aria-current=page]').last().textContent()).toBe('StaffOtp');
    await page.getByRole('link', { name: 'GuestsOtp' }).click();
    await sees(page, '1 challenge');
    await page.goto(`${system().url}/dashboard?otp=GuestsOtp`);
    await page.getByRole('article').first().waitFor();
    expect(await page.locator('a[aria-current=page]').last().textContent()).toBe('GuestsOtp');
  });

  it('leads from a mail to the trail of the pool that sent it', async () => {
    await signInThroughEach(system(), 'GuestsOtp');
    const page = await open('inbox');

    await page.getByRole('link', { name: 'Trail of its challenge' }).first().click();

    await page.waitForURL(/\/audit\?otp=GuestsOtp#/);
    await page.locator('details[open]').getByText('Mail 1: code requested').waitFor();
  });

  it('signs in to the pool that the address of the page names', async () => {
    const [, guests] = system().otps;
    const user = await createUser({ ...system(), poolId: guests?.outputs.UserPoolId ?? '' });
    const page = await open('?otp=GuestsOtp');

    await provePassword(page, user);
    await sendCode(page, await waitForCode(system(), user));

    await isTold(page, SIGNED_IN);
  });
});
