import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { writeOutputs } from '../../support/sign-in/audit.ts';
import { userRecordOf } from '../../support/sign-in/earlier-sign-ins.ts';
import { aMailedUser, endOf, linkTo, report } from '../../support/sign-in/mailed-link.ts';
import { command } from '../../support/system/command.ts';
import { challengeFor } from '../../support/system/local-api.ts';
import {
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
} from '../../support/system/local-system.ts';

// The link "this was not me", over HTTP, from the mail to the next sign-in.

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ templateFolder: inject('longCodesTemplateFolder') });
});
afterAll(() => stopTestSystem(system));

const HOUR_MS = 3_600_000;

describe('the link in a mail', () => {
  it('does nothing for scanners that open it, or send its form as it stands', async () => {
    const { user, step, code, link } = await aMailedUser(system);
    const replies = await Promise.all([
      fetch(link),
      fetch(link, { method: 'HEAD' }),
      report(link, ''),
      report(link, 'notMe=yes', { 'sec-fetch-site': 'cross-site' }),
    ]);

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 400, 403]);
    expect(await replies[0]?.text()).toContain('<form method="post">');
    const done = await answerCode(system.client, user, step, code);
    expect(done.AuthenticationResult?.IdToken).toBeDefined();
  });

  it('ends the code and blocks the user when a person sends the form, once however often', async () => {
    const { user, step, code, link } = await aMailedUser(system);
    const pages = await Promise.all([report(link), report(link)]);
    const forged = await report(link.replace(/t=.{22}/, 't=AAAAAAAAAAAAAAAAAAAAAA'));

    expect(new Set(await Promise.all([...pages, forged].map((page) => page.text()))).size).toBe(1);
    expect(await endOf(system, user)).toEqual({
      outcome: 'REVOKED',
      facts: expect.arrayContaining(['REVOKED']),
    });
    await expect(answerCode(system.client, user, step, code)).rejects.toThrow(/\[LOCKED until /);
    await expect(provePassword(system.client, user)).rejects.toThrow(/\[LOCKED until /);
    const dimensions = { service: 'take-report', kind: 'revoked' };
    expect(system.metrics.sumOf({ name: 'ReportReceived', dimensions })).toBe(1);
  });

  it('is made up for by the command unlock, and works no second time', async () => {
    const { user, link } = await aMailedUser(system);
    await report(link);
    await expect(provePassword(system.client, user)).rejects.toThrow(/\[LOCKED until /);
    writeOutputs(system);
    const options = ['--user', user.email, '--reason', 'was me after all'];
    const unlocking = command('commands/unlock/unlock.ts', '--folder', system.folder, ...options);

    expect(await unlocking.ended).toBe(0);
    expect(unlocking.output()).toMatch(/before: blocked by a report until /);
    const step = await provePassword(system.client, user);
    const code = await waitForCode(system, user, 2);
    await report(link);
    expect(await userRecordOf(system, user)).not.toHaveProperty('blockedUntil');
    const done = await answerCode(system.client, user, step, code);
    expect(done.AuthenticationResult?.IdToken).toBeDefined();
    expect(linkTo(system, user)).not.toBe(link);
  });

  it('is in no log, and its token in no item', async () => {
    const { user, link } = await aMailedUser(system);
    const token = new URL(link).searchParams.get('t') ?? expect.unreachable('There is no token');
    await report(link);

    expect(JSON.stringify(system.calls)).toContain('POST /lambda-url/');
    expect(JSON.stringify(system.calls)).not.toContain(token);
    expect(JSON.stringify(await challengeFor(system, user))).not.toContain(token);
  });

  it('is dead a day after its challenge', async () => {
    const { user, link } = await aMailedUser(system);
    await system.settled();
    system.clock.adjust({ offsetMs: 24 * HOUR_MS });

    expect((await report(link)).status).toBe(200);
    const { facts } = await endOf(system, user);
    expect(facts).not.toContain('REPORTED');
    expect(facts).not.toContain('REVOKED');
    expect(await userRecordOf(system, user)).not.toHaveProperty('blockedUntil');
  });
});
