/** The console's pages in each state that looks different. The first pages need a system that has seen nothing yet. */
import type { Page } from 'playwright-core';
import { provePassword as proveOverApi } from '../../../commands/sign-in/sign-in-flow.ts';
import { ensureDemoUser } from '../../../local/demo-user.ts';
import { setFaults } from '../system/local-api.ts';
import { type TestUser, waitForCode, wrongCode } from '../system/local-system.ts';
import { type Console, sees } from './browser.ts';
import { createPerson } from './people.ts';
import { isTold, mailCards, provePassword, SIGNED_IN, sendCode, sendPassword } from './sign-in-page.ts';

export interface ConsoleState {
  /** The state's name, usable as a file name. */
  readonly name: string;
  open(console: Console): Promise<Page>;
}

interface CodeAsked {
  readonly page: Page;
  readonly user: TestUser;
}

export const askForCode = async ({ system, open }: Console): Promise<CodeAsked> => {
  const user = await createPerson(system());
  const page = await open('');
  await provePassword(page, user);
  return { page, user };
};

/** Moves the clock and loads the page again, so that it compares the clocks at once. */
export const later = async (
  { system }: Console,
  { page }: CodeAsked,
  clockOffsetSeconds: number,
): Promise<void> => {
  await setFaults(system(), { clockOffsetSeconds });
  await page.reload();
};

/** Orders a mail for a user without a page. */
export const orderMail = async ({ system }: Console, email?: string): Promise<TestUser> => {
  const user = await createPerson(system(), email === undefined ? {} : { email });
  await proveOverApi(system().client, user);
  return user;
};

export const SIGN_IN_STATES: readonly ConsoleState[] = [
  {
    name: 'sign-in',
    open: async ({ system, open }) => {
      await ensureDemoUser(system().client, system().poolId);
      const page = await open('');
      await page.getByRole('button', { name: 'Use the demo user' }).waitFor();
      await page.locator('#start-submit:enabled').waitFor();
      return page;
    },
  },
  {
    name: 'sign-in-refused',
    open: async ({ system, open }) => {
      const page = await open('');
      await sendPassword(page, await createPerson(system()), 'not-the-password');
      await isTold(page, /is not right/);
      return page;
    },
  },
  {
    name: 'sign-in-busy',
    open: async ({ system, open }) => {
      const page = await open('');
      // The response never comes.
      await page.route(`${system().url}/`, () => {});
      await sendPassword(page, await createPerson(system()));
      await isTold(page, /^This is taking longer than usual/);
      return page;
    },
  },
  {
    name: 'new-password',
    open: async ({ system, open }) => {
      const page = await open('');
      await sendPassword(page, await createPerson(system(), { temporary: true }));
      await isTold(page, /^Your password was a temporary one/);
      return page;
    },
  },
  {
    name: 'new-password-refused',
    open: async ({ system, open }) => {
      const page = await open('');
      await sendPassword(page, await createPerson(system(), { temporary: true }));
      await page.getByRole('textbox', { name: 'New password', exact: true }).fill('one-of-two');
      await page.getByRole('textbox', { name: 'New password again' }).fill('two-of-two');
      await page.getByRole('button', { name: 'Save and continue' }).click();
      await isTold(page, /^The two passwords differ/);
      return page;
    },
  },
  { name: 'code', open: async (console) => (await askForCode(console)).page },
  {
    name: 'code-wrong',
    open: async (console) => {
      const { page, user } = await askForCode(console);
      await sendCode(page, wrongCode(await waitForCode(console.system(), user)));
      await isTold(page, /^That is not the code/);
      return page;
    },
  },
  {
    name: 'code-resent',
    open: async (console) => {
      const asked = await askForCode(console);
      await later(console, asked, 31);
      await asked.page.getByRole('button', { name: 'Send another mail' }).click();
      await isTold(asked.page, /^Another mail with the same code/);
      return asked.page;
    },
  },
  {
    name: 'code-expired',
    open: async (console) => {
      const asked = await askForCode(console);
      await later(console, asked, 301);
      await isTold(asked.page, /^The code has expired/);
      return asked.page;
    },
  },
  {
    name: 'code-replaced',
    open: async (console) => {
      const { page, user } = await askForCode(console);
      const code = await waitForCode(console.system(), user);
      await setFaults(console.system(), { clockOffsetSeconds: 301 });
      await sendCode(page, code);
      await isTold(page, /^That code can no longer be used/);
      return page;
    },
  },
  {
    name: 'code-not-sent',
    open: async (console) => {
      await setFaults(console.system(), { sesQuotaReached: true });
      const { page } = await askForCode(console);
      await console.system().idle();
      await sendCode(page, '000000');
      await isTold(page, /could not be sent/);
      return page;
    },
  },
  {
    name: 'signed-in',
    open: async (console) => {
      const { page, user } = await askForCode(console);
      await sendCode(page, await waitForCode(console.system(), user));
      await isTold(page, SIGNED_IN);
      await page.getByText('Show the access token too').click();
      return page;
    },
  },
];

const inbox: readonly ConsoleState[] = [
  {
    name: 'inbox',
    open: async (console) => {
      const user = await orderMail(console);
      const page = await console.open('inbox');
      await mailCards(page, user).frameLocator('iframe').locator('body').waitFor();
      return page;
    },
  },
  {
    name: 'inbox-plain-text',
    open: async (console) => {
      const user = await orderMail(console);
      const page = await console.open('inbox');
      await mailCards(page, user).getByRole('radio', { name: 'Plain text' }).check();
      await page.getByRole('region', { name: /^Text part of/ }).waitFor();
      return page;
    },
  },
];

const openUsers = async ({ system, open }: Console): Promise<Page> => {
  await ensureDemoUser(system().client, system().poolId);
  const page = await open('users');
  await page.getByRole('heading', { name: /^Users of the pool \(\d+\)$/ }).waitFor();
  return page;
};

const users: readonly ConsoleState[] = [
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
];

const openExecutions = async ({ open }: Console, text: string | RegExp): Promise<Page> => {
  const page = await open('executions');
  await page.locator('#detail').getByText(text).first().waitFor();
  await page.locator('#detail summary').first().click();
  return page;
};

const executions: readonly ConsoleState[] = [
  {
    name: 'executions',
    open: async (console) => {
      await orderMail(console);
      await console.system().idle();
      return openExecutions(console, 'Succeeded');
    },
  },
  {
    name: 'executions-running',
    open: async (console) => {
      await setFaults(console.system(), { sesDown: true });
      await orderMail(console);
      return openExecutions(console, /^Try 1 failed with EmailUnavailable/);
    },
  },
  {
    name: 'executions-failed',
    open: async (console) => {
      await setFaults(console.system(), { sesQuotaReached: true });
      await orderMail(console);
      await console.system().idle();
      return openExecutions(console, /^Try 1 failed with EmailQuotaReached/);
    },
  },
];

const faults: readonly ConsoleState[] = [
  {
    name: 'faults',
    open: async ({ open }) => {
      const page = await open('faults');
      await sees(page, 'Nothing goes wrong.');
      return page;
    },
  },
  {
    name: 'faults-on',
    open: async (console) => {
      await setFaults(console.system(), { sesDelaySeconds: 10, sesThrottlePercent: 50, sesDown: true });
      const page = await console.open('faults');
      await sees(page, '3 switches are on.');
      return page;
    },
  },
];

const openEmpty = async ({ open }: Console, path: string, text: RegExp): Promise<Page> => {
  const page = await open(path);
  await sees(page, text);
  return page;
};

export const PAGE_STATES: readonly ConsoleState[] = [
  { name: 'inbox-empty', open: (console) => openEmpty(console, 'inbox', /^No mail yet/) },
  { name: 'executions-empty', open: (console) => openEmpty(console, 'executions', /^No execution yet/) },
  { name: 'audit-empty', open: (console) => openEmpty(console, 'audit', /^No challenge yet/) },
  ...inbox,
  ...users,
  ...executions,
  ...faults,
];
