/** The audit trail page in each state that looks different. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { provePassword as proveOverApi, type Step } from '../../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../sign-in/answer-code.ts';
import { setFaults } from '../../system/local-api.ts';
import { type TestSystem, type TestUser, waitForCode, wrongCode } from '../../system/local-system.ts';
import { type Console, visit } from '../browser.ts';
import { createPerson } from '../people.ts';
import { isTold, provePassword, SIGNED_IN, sendCode } from '../sign-in-page.ts';
import { type ConsoleState, orderMail } from './console-states.ts';

/** An address with a special outcome for mail. The label makes it another user's and does not change the outcome. */
const addressOf = (name: string, domain: string): string => `${name}+${randomUUID().slice(0, 8)}@${domain}`;

export const bouncing = (): string => addressOf('bounce', 'simulator.amazonses.com');
const complaining = (): string => addressOf('complaint', 'simulator.amazonses.com');
const suppressed = (): string => addressOf('suppressionlist', 'simulator.amazonses.com');
const slow = (): string => addressOf('gone', 'outcome.example.com');

export const cards = (page: Page) => page.getByRole('article');

export const openTimeline = (page: Page, card = cards(page).first()): Promise<void> =>
  card.locator('summary').first().click();

/** A wrong answer, then the right one, both on the sign-in page. */
const signInWithPage = async ({ system, openContext }: Console): Promise<TestUser> => {
  const user = await createPerson(system());
  const page = await visit(await openContext(), system(), '');
  await provePassword(page, user);
  const code = await waitForCode(system(), user);
  await sendCode(page, wrongCode(code));
  await isTold(page, /^That is not the code/);
  await sendCode(page, code);
  await isTold(page, SIGNED_IN);
  return user;
};

interface WronglyAnswered {
  readonly user: TestUser;
  /** The right one. */
  readonly code: string;
  readonly step: Step;
}

/** Gives so many wrong codes, one after the other; after the fifth another challenge follows. */
export const answerWrongly = async (system: TestSystem, times: number): Promise<WronglyAnswered> => {
  const user = await createPerson(system);
  let step = await proveOverApi(system.client, user);
  const code = await waitForCode(system, user);
  // A report of SES between two answers would be a line between them.
  await system.settled();
  for (let time = 1; time <= times; time += 1) {
    step = await answerCode(system.client, user, step, wrongCode(code));
  }
  return { user, code, step };
};

/** The wrong answers of a timeline, as one line that opens. */
export const wrongAnswers = (page: Page) => page.locator('.trail-group');

/** Orders mails to these addresses and waits for all reports of them. */
const orderAll = async (console: Console, addresses: readonly string[]): Promise<void> => {
  for (const address of addresses) await orderMail(console, address);
  await console.system().settled();
};

export const AUDIT_STATES: readonly ConsoleState[] = [
  {
    name: 'audit-timeline',
    open: async (console) => {
      const { email } = await signInWithPage(console);
      await console.system().settled();
      const page = await console.open(`audit?user=${encodeURIComponent(email)}`);
      await openTimeline(page);
      await cards(page).getByText('Verified', { exact: true }).first().waitFor();
      return page;
    },
  },
  {
    name: 'audit-wrong-answers',
    open: async (console) => {
      const { user } = await answerWrongly(console.system(), 4);
      await console.system().settled();
      const page = await console.open(`audit?user=${encodeURIComponent(user.email)}`);
      await openTimeline(page);
      await wrongAnswers(page).locator('summary').click();
      await wrongAnswers(page).getByText('Wrong answer', { exact: true }).last().waitFor();
      return page;
    },
  },
  {
    name: 'audit-problems',
    open: async (console) => {
      await orderAll(console, [bouncing(), suppressed(), complaining(), slow()]);
      await setFaults(console.system(), { sesQuotaReached: true });
      await orderAll(console, [addressOf('unsent', 'example.com')]);
      const page = await console.open('audit?show=PROBLEM');
      await cards(page).getByText('Not mailed', { exact: true }).first().waitFor();
      await openTimeline(page);
      return page;
    },
  },
  {
    name: 'audit-nobody',
    open: async ({ open }) => {
      const page = await open('audit?user=nobody%40example.com');
      await page.getByText('Nobody in the user pool has this address.').waitFor();
      return page;
    },
  },
];
