import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, signIn } from '../../../commands/sign-in/sign-in-flow.ts';
import { hadMails, hadWrongCodes } from '../../support/sign-in/earlier-sign-ins.ts';
import { program } from '../../support/system/command.ts';
import {
  codeOf,
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

describe('the sign-in command', () => {
  it('says that the user is locked', async () => {
    const user = await createUser(system);
    await provePassword(system.client, user);
    await hadWrongCodes(system, user, 100);
    const unasked = () => Promise.reject(new Error('not expected'));

    const result = await signIn(system.client, user, {
      code: unasked,
      newPassword: unasked,
      isTyping: () => false,
    });

    const reason = 'Too many wrong codes were given, so this account is locked. Please contact support.';
    expect(result).toEqual({ kind: 'refused', reason });
  });

  it('says when there may be another mail, orders none before, and takes the code that works', async () => {
    const user = await createUser(system);
    await provePassword(system.client, user);
    await hadMails(system, user, 5);
    await system.idle();
    system.clock.adjust({ offsetMs: 31_000 });
    const target = ['--pool-id', user.poolId, '--client-id', user.clientId];
    const who = ['--username', user.username, '--password', user.password];

    const person = program(
      process.execPath,
      ['tools/run.mjs', 'commands/sign-in/sign-in.ts', ...target, ...who],
      { AWS_ENDPOINT_URL: system.url },
    );
    await person.prints(/^No new mail was sent, because .* from .*\d\d:\d\d on\.$/m);
    person.type('resend');
    await person.prints(/^A new mail is possible from .*\d\d:\d\d on\.$/m);
    person.type(codeOf(mailsTo(system, user).at(-1) ?? expect.unreachable('No mail arrived')));

    expect(await person.ended, person.output()).toBe(0);
    expect(mailsTo(system, user)).toHaveLength(1);
  });
});
