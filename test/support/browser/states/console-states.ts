/** The console's pages in each state that looks different. The first pages need a system that has seen nothing yet. */
import type { Page } from 'playwright-core';
import { provePassword as proveOverApi } from '../../../../commands/sign-in/sign-in-flow.ts';
import { ensureDemoUser } from '../../../../local/demo-user.ts';
import { setFaults } from '../../system/local-api.ts';
import { type TestUser, waitForCode, wrongCode } from '../../system/local-system.ts';
import { type Console, sees } from '../browser.ts';
import { createPerson } from '../people.ts';
import {
  hideTimeUntilSent,
  isTold,
  mailCards,
  provePassword,
  reachCodeField,
  SIGNED_IN,
  sendCode,
  sendPassword,
} from '../sign-in-page.ts';

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
      // Only then does the page know that a mail has left, of which there may be another.
      await isTold(asked.page, /^A code of 6 digits was sent/);
      await asked.page.getByRole('button', { name: 'Order a new mail' }).click();
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
      await hideTimeUntilSent(page);
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
      const page = await console.open('');
      await reachCodeField(page, await createPerson(console.system()));
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
  {
    name: 'inbox-delete-all',
    open: async (console) => {
      await orderMail(console);
      const page = await console.open('inbox');
      await page.getByRole('button', { name: 'Delete all', disabled: false }).click();
      await page.getByRole('dialog', { name: 'Delete all mails?' }).waitFor();
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
    name: 'executions-state',
    open: async (console) => {
      await orderMail(console);
      await console.system().idle();
      const page = await openExecutions(console, 'Succeeded');
      await page.getByRole('button', { name: /^GenerateAndSendCode / }).click();
      await page.getByRole('region', { name: 'State GenerateAndSendCode', exact: true }).waitFor();
      return page;
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

const others: readonly ConsoleState[] = [
  {
    name: 'runbooks-one',
    open: async ({ open }) => {
      const page = await open('runbooks');
      await page.getByRole('navigation', { name: 'Runbooks' }).getByRole('link').nth(1).click();
      await page.getByRole('heading', { name: /\((page|ticket)\)$/ }).waitFor();
      return page;
    },
  },
  {
    name: 'faults-banner',
    open: async (console) => {
      await setFaults(console.system(), { sesDown: true, sesDelaySeconds: 10 });
      const page = await console.open('runbooks');
      await sees(page, /^Faults are on: /);
      return page;
    },
  },
  {
    name: 'gallery',
    open: async ({ open }) => {
      const page = await open('gallery');
      await page.locator('iframe').first().waitFor();
      return page;
    },
  },
  { name: 'not-found', open: (console) => openEmpty(console, 'nosuch', /^There is no such page/) },
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
  ...executions,
  ...faults,
  ...others,
];
