import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { readRefusal } from '../../../shared/messages/refusal.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { hadSignIns, userRecordOf } from '../../support/sign-in/earlier-sign-ins.ts';
import { setFaults } from '../../support/system/local-api.ts';
import {
  codeOf,
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
} from '../../support/system/local-system.ts';

// What counts against a user: harm, and not use.

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

const passSeconds = (seconds: number): void => system.clock.adjust({ offsetMs: seconds * 1000 });

const signIn = async (user: TestUser): Promise<Step> => {
  const step = await provePassword(system.client, user);
  await system.idle();
  const mail = mailsTo(system, user).at(-1) ?? expect.unreachable('No mail arrived');
  return answerCode(system.client, user, step, codeOf(mail));
};

/** The limit that refuses a sign-in; undefined if none does. */
const refusalOf = (user: TestUser): Promise<string | undefined> =>
  provePassword(system.client, user).then(
    () => undefined,
    (error: Error) => readRefusal(error.message)?.code ?? expect.unreachable(error.message),
  );

describe('a user who signs in well', () => {
  it('may do so fifty times within 15 minutes', async () => {
    const user = await createUser(system);

    for (let n = 1; n <= 10; n += 1) {
      await hadSignIns(system, user, 4);
      expect((await signIn(user)).AuthenticationResult?.IdToken, `sign-in ${5 * n}`).toBeTruthy();
      passSeconds(60);
    }
  });

  it('reaches the ceiling with the two hundred and first order of a day, and is let in again when it is over', async () => {
    const user = await createUser(system);
    for (let hour = 1; hour <= 5; hour += 1) {
      await hadSignIns(system, user, 39);
      const done = await signIn(user);
      expect(done.AuthenticationResult?.IdToken, `after ${40 * hour} orders`).toBeTruthy();
      passSeconds(60 * 60);
    }

    const refused = await refusalOf(user);
    passSeconds(24 * 60 * 60);
    const later = await refusalOf(user);

    expect([refused, later]).toEqual(['ORDER_LIMIT', undefined]);
    expect(system.metrics.sumOf({ name: 'RefusedOrderLimit' })).toBe(1);
  });
});

describe('while SES refuses all mails', () => {
  it('an hour of sign-ins counts nothing, and the next one is mailed at once', async () => {
    const user = await createUser(system);
    await setFaults(system, { sesPaused: true });
    const refusals: (string | undefined)[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      refusals.push(await refusalOf(user));
      await system.idle();
      passSeconds(60);
    }
    await setFaults(system, { sesPaused: false });

    const done = await signIn(user);

    expect(new Set(refusals)).toEqual(new Set([undefined]));
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(mailsTo(system, user)).toHaveLength(1);
  });
});

describe('while SES does not respond in time and comes back', () => {
  it('no more than five mails arrive together', async () => {
    const user = await createUser(system);
    await setFaults(system, { sesDown: true });
    for (let n = 0; n < 12; n += 1) {
      await refusalOf(user);
      passSeconds(31);
    }
    await setFaults(system, { sesDown: false });
    await system.idle();

    expect(mailsTo(system, user).length).toBeLessThanOrEqual(5);
  });
});

describe('somebody who has the password and not the mailbox', () => {
  it('orders five mails within 15 minutes and twenty a day, as many as ever', async () => {
    const user = await createUser(system);
    const within = async (seconds: number, orders: number) => {
      for (let n = 0; n < orders; n += 1) {
        await refusalOf(user);
        await system.idle();
        passSeconds(seconds);
      }
      return mailsTo(system, user).length;
    };

    const inWindow = await within(31, 8);
    const inDay = await within(20 * 60, 60);

    expect([inWindow, inDay]).toEqual([5, 20]);
    const { orders = {} } = await userRecordOf(system, user);
    expect(Object.values(orders)).toHaveLength(20);
  });
});
