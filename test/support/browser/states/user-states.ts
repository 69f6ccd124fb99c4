/** The users page in each state that looks different. */
import type { Page } from 'playwright-core';
import { ensureDemoUser } from '../../../../local/demo-user.ts';
import { hadWrongCodes } from '../../sign-in/earlier-sign-ins.ts';
import type { TestUser } from '../../system/local-system.ts';
import { type Console, sees } from '../browser.ts';
import { createPerson } from '../people.ts';
import { isTold } from '../sign-in-page.ts';
import { type ConsoleState, orderMail } from './console-states.ts';

/** The user's row in the list. */
export const listed = (page: Page, email: string) => page.getByRole('listitem').filter({ hasText: email });

/** Twenty wrong codes in a row lock. */
export const lockedPerson = async (console: Console): Promise<TestUser> => {
  const user = await orderMail(console);
  await hadWrongCodes(console.system(), user, 20);
  return user;
};

export const openUsers = async ({ system, open }: Console): Promise<Page> => {
  await ensureDemoUser(system().client, system().poolId);
  const page = await open('users');
  await page.getByRole('heading', { name: /^Users of the pool \(\d+\)$/ }).waitFor();
  return page;
};

export const USER_STATES: readonly ConsoleState[] = [
  {
    name: 'users',
    open: async (console) => {
      const { email } = await createPerson(console.system());
      const page = await openUsers(console);
      await page.getByRole('button', { name: `Disable ${email}` }).click();
      await isTold(page, /is disabled\.$/);
      return page;
    },
  },
  {
    name: 'users-refused',
    open: async (console) => {
      const page = await openUsers(console);
      await page.getByRole('textbox', { name: 'Email address' }).fill('someone@example.com');
      await page.getByRole('textbox', { name: 'Password' }).fill('short');
      await page.getByRole('button', { name: 'Create user' }).click();
      await sees(page, 'The password is too short');
      return page;
    },
  },
  {
    name: 'users-set-password',
    open: async (console) => {
      const { email } = await createPerson(console.system());
      const page = await openUsers(console);
      await page.getByRole('button', { name: `Set password of ${email}` }).click();
      await page.getByRole('dialog', { name: 'Set a password' }).waitFor();
      return page;
    },
  },
  {
    name: 'users-locked',
    open: async (console) => {
      const { email } = await lockedPerson(console);
      const page = await openUsers(console);
      await listed(page, email).getByText('Locked', { exact: true }).waitFor();
      return page;
    },
  },
  {
    name: 'users-unlock-refused',
    open: async (console) => {
      const { email } = await lockedPerson(console);
      const page = await openUsers(console);
      await page.getByRole('button', { name: `Unlock ${email}` }).click();
      await page.keyboard.press('Enter');
      await page
        .getByRole('dialog', { name: 'Unlock' })
        .getByText(/^The reason is missing/)
        .waitFor();
      return page;
    },
  },
  {
    name: 'users-delete',
    open: async (console) => {
      const { email } = await createPerson(console.system());
      const page = await openUsers(console);
      await page.getByRole('button', { name: `Delete ${email}` }).click();
      await page.getByRole('dialog', { name: 'Delete this user?' }).waitFor();
      return page;
    },
  },
];
