import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { alarmState } from '../../../local/console/dashboard/alarms/alarm.ts';
import { dashboardOf } from '../../../local/engines/metrics/dashboard.ts';
import { loadTemplate } from '../../../local/ground/template.ts';
import { STACK_NAME } from '../../../local/system.ts';
import type { ReportKind } from '../../../shared/domain/challenge.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { askForTokens } from '../../support/sign-in/invoke.ts';
import {
  aMailedUser,
  endOf,
  giveCodeAlone,
  type MailedUser,
  report,
} from '../../support/sign-in/mailed-link.ts';
import {
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  userIdOf,
} from '../../support/system/local-system.ts';

// Reports when the code has been given already, around the moment in which tokens are.

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ templateFolder: inject('longCodesTemplateFolder') });
});
afterAll(() => stopTestSystem(system));

/** What Cognito is told when it asks for the tokens of the user. */
const tokensFor = async ({ user }: MailedUser): Promise<unknown> =>
  (await askForTokens(system, await userIdOf(system, user), system.clientId)).payload.errorMessage;

/** The states of the alarms whose names end like this, by the local metrics. */
const stateOf = (name: string) => {
  const template = loadTemplate(inject('longCodesTemplateFolder'), STACK_NAME, system.url);
  const { alarms = [] } = dashboardOf(template) ?? {};
  const alarm = alarms.find((one) => one.name.endsWith(name)) ?? expect.unreachable(`There is no ${name}`);
  return alarmState(alarm, system.metrics.all(), system.clock.now());
};

const received = (kind: ReportKind) =>
  system.metrics.sumOf({ name: 'ReportReceived', dimensions: { service: 'take-report', kind } });

describe('a report', () => {
  it('between the right code and the tokens: there are no tokens, and an alarm says so', async () => {
    const mailed = await aMailedUser(system);
    expect(await giveCodeAlone(system, mailed)).toMatchObject({ answerCorrect: true });
    expect([stateOf('reported-sign-in'), stateOf('reported-too-late')]).not.toContain('ALARM');

    expect((await report(mailed.link)).status).toBe(200);

    expect(await tokensFor(mailed)).toBe('Sign in again, with the code from your mail.');
    const { outcome, facts } = await endOf(system, mailed.user);
    expect([outcome, facts.includes('REPORTED'), facts.includes('TOKENS_ISSUED')]).toEqual([
      'VERIFIED',
      true,
      false,
    ]);
    expect(received('withheld')).toBe(1);
    expect([stateOf('reported-sign-in'), stateOf('reported-too-late')]).toEqual(['ALARM', 'OK']);
  });

  it('after the tokens: Cognito gets none again, and the highest alarm is raised', async () => {
    const mailed = await aMailedUser(system);
    const done = await answerCode(system.client, mailed.user, mailed.step, mailed.code);
    expect(done.AuthenticationResult?.IdToken).toBeDefined();

    await report(mailed.link);

    expect(await tokensFor(mailed)).toBe('Sign in again, with the code from your mail.');
    expect(received('tooLate')).toBe(1);
    expect(stateOf('reported-too-late')).toBe('ALARM');
  });
});
