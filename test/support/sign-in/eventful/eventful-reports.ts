/** Makes every kind of report "this was not me" on a system whose mails have the link. */
import { expect } from 'vitest';
import type { TestSystem } from '../../system/local-system.ts';
import { wrongCode } from '../../system/local-system.ts';
import { answerCode } from '../answer-code.ts';
import { aMailedUser, giveCodeAlone, type MailedUser, report } from '../mailed-link.ts';
import { useUp } from './use-up.ts';

/** How far the sign-in has come when it is reported. */
const SO_FAR: readonly ((system: TestSystem, mailed: MailedUser) => Promise<unknown>)[] = [
  async () => undefined,
  giveCodeAlone,
  (system, { user, step, code }) => answerCode(system.client, user, step, code),
  (system, mailed) => useUp(system, mailed, wrongCode(mailed.code)),
];

export const makeEveryReport = async (system: TestSystem): Promise<void> => {
  for (const goOn of SO_FAR) {
    const mailed = await aMailedUser(system);
    await goOn(system, mailed);
    expect((await report(mailed.link)).status).toBe(200);
  }
};
