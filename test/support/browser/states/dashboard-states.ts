/** The dashboard page in each state that looks different. */
import type { Page } from 'playwright-core';
import { provePassword } from '../../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../sign-in/answer-code.ts';
import { setFaults } from '../../system/local-api.ts';
import { type TestSystem, waitForCode, wrongCode } from '../../system/local-system.ts';
import { type Console, sees } from '../browser.ts';
import { createPerson } from '../people.ts';
import { bouncing } from './audit-states.ts';
import { type ConsoleState, orderMail } from './console-states.ts';

const FIVE_MINUTES = 300;

/** Signs in with so many wrong codes first, and then the right one. */
export const signIn = async (system: TestSystem, wrongAnswers = 0): Promise<void> => {
  const user = await createPerson(system);
  let step = await provePassword(system.client, user);
  const code = await waitForCode(system, user);
  for (let wrong = 0; wrong < wrongAnswers; wrong++) {
    step = await answerCode(system.client, user, step, wrongCode(code));
  }
  await answerCode(system.client, user, step, code);
};

export const widget = (page: Page, title: string) => page.getByRole('article', { name: title, exact: true });

/** How many people sign in at each time; the times are five minutes apart. */
const CROWDS = [1, 2, 1];

/** Plays sign-ins with and without wrong codes; in the end SES's quota is used up. */
const liveThroughTroubles = async (console: Console): Promise<void> => {
  const system = console.system();
  for (const [turn, people] of CROWDS.entries()) {
    await setFaults(system, { clockOffsetSeconds: turn * FIVE_MINUTES });
    for (let person = 0; person < people; person++) await signIn(system, person);
    await system.settled();
  }
  await orderMail(console, bouncing());
  await setFaults(system, { sesQuotaReached: true });
  await orderMail(console);
  await system.settled();
};

export const DASHBOARD_STATES: readonly ConsoleState[] = [
  {
    name: 'dashboard',
    open: async (console) => {
      await liveThroughTroubles(console);
      const page = await console.open('dashboard');
      await sees(page, 'In alarm');
      await widget(page, 'Answers')
        .getByRole('button', { name: /^Values/ })
        .click();
      return page;
    },
  },
];
