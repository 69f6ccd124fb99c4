/** Pages that show notices and reports "this was not me". They need a system that sends them: its codes have ten digits. */
import { provePassword } from '../../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../sign-in/answer-code.ts';
import { mailsTo, type TestSystem, type TestUser, waitForCode } from '../../system/local-system.ts';
import { sees } from '../browser.ts';
import { createPerson } from '../people.ts';
import { mailCards } from '../sign-in-page.ts';
import { answerWrongly, openTimeline } from './audit-states.ts';
import type { ConsoleState } from './console-states.ts';
import { listed, openUsers } from './user-states.ts';

/** Signs in, and reports then that it was somebody else. */
const reportSignIn = async (system: TestSystem): Promise<TestUser> => {
  const user = await createPerson(system);
  const step = await provePassword(system.client, user);
  const code = await waitForCode(system, user);
  await answerCode(system.client, user, step, code);
  const [link = ''] = /http:\S+\/lambda-url\/\S+/.exec(mailsTo(system, user).at(-1)?.text ?? '') ?? [];
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await fetch(link, { method: 'POST', headers, body: 'notMe=yes' });
  await system.settled();
  return user;
};

export const NOTICE_STATES: readonly ConsoleState[] = [
  {
    name: 'inbox-notice',
    open: async ({ system, open }) => {
      const { user } = await answerWrongly(system(), 5);
      await system().idle();
      const page = await open('inbox');
      await mailCards(page, user).getByText('Notice: wrong codes').waitFor();
      await mailCards(page, user).first().getByText('Headers').click();
      return page;
    },
  },
  {
    name: 'executions-notice',
    open: async ({ system, open }) => {
      await answerWrongly(system(), 5);
      await system().idle();
      const page = await open('executions');
      // The newest execution mails the code of the next challenge.
      await page.locator('#executions a').nth(1).click();
      await page.getByRole('button', { name: /^SendNotice .*: succeeded/ }).waitFor();
      return page;
    },
  },
  {
    name: 'audit-reported',
    open: async ({ system, open }) => {
      const { email } = await reportSignIn(system());
      const page = await open(`audit?user=${encodeURIComponent(email)}&show=REPORTED`);
      await sees(page, 'Reported: not asked for');
      await openTimeline(page);
      await sees(page, 'Reported as not asked for');
      return page;
    },
  },
  {
    name: 'users-blocked',
    open: async (console) => {
      const { email } = await reportSignIn(console.system());
      const page = await openUsers(console);
      await listed(page, email).getByText('Blocked by a report', { exact: true }).waitFor();
      return page;
    },
  },
];
