/** The sign-in page in the states in which a limit refuses. */

import { hadMails, hadWrongCodes } from '../../sign-in/earlier-sign-ins.ts';
import { waitForCode, wrongCode } from '../../system/local-system.ts';
import { isTold, sendCode } from '../sign-in-page.ts';
import { askForCode, type ConsoleState, later } from './console-states.ts';

export const LIMIT_STATES: readonly ConsoleState[] = [
  {
    name: 'locked',
    open: async (console) => {
      const { page, user } = await askForCode(console);
      await hadWrongCodes(console.system(), user, 19);
      await sendCode(page, wrongCode(await waitForCode(console.system(), user)));
      await isTold(page, /^This account is locked for a while, .* from \d\d:\d\d on\.$/);
      return page;
    },
  },
  {
    name: 'code-too-many-mails',
    open: async (console) => {
      const asked = await askForCode(console);
      await hadMails(console.system(), asked.user, 5);
      await later(console, asked, 31);
      await asked.page.getByRole('button', { name: 'Order a new mail' }).click();
      await isTold(asked.page, /^No new mail was sent, .* is possible from \d\d:\d\d on\.$/);
      await asked.page.getByText(/^A new mail is possible from \d\d:\d\d on\.$/).waitFor();
      return asked.page;
    },
  },
];
