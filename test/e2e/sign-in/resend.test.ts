import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import {
  codeOf,
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

const passSeconds = (seconds: number) => system.clock.adjust({ offsetMs: seconds * 1000 });

describe('asking for another mail', () => {
  it('mails the same code again once the cooldown has passed', async () => {
    const user = await createUser(system);
    const first = await provePassword(system.client, user);
    const code = await waitForCode(system, user);
    passSeconds(31);

    const second = await answerCode(system.client, user, first, 'resend', 'resend');
    await waitForCode(system, user, 2);
    const done = await answerCode(system.client, user, second, code);

    expect(second.ChallengeParameters).toMatchObject({
      challenge: 'SAME',
      deliveryNumber: '2',
      attemptsLeft: '5',
    });
    expect(mailsTo(system, user).map(codeOf)).toEqual([code, code]);
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
  });

  it('brings a mail that people and programs can tell from the first', async () => {
    const user = await createUser(system);
    const first = await provePassword(system.client, user);
    await waitForCode(system, user);
    passSeconds(31);

    await answerCode(system.client, user, first, 'resend', 'resend');
    await waitForCode(system, user, 2);

    const [one, two] = mailsTo(system, user);
    for (const part of ['text', 'html'] as const) expect(two?.[part]).not.toBe(one?.[part]);
    const [reference = '', next] = [one, two].map((mail) => mail?.headers['X-Entity-Ref-ID']);
    expect(reference).toMatch(/^[0-9a-f-]{36}-1$/);
    expect(next).toBe(reference.replace(/1$/, '2'));
    expect(two?.headers).toMatchObject({
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'Content-Language': 'en',
    });
  });

  it('mails nothing within the cooldown', async () => {
    const user = await createUser(system);
    const first = await provePassword(system.client, user);
    await waitForCode(system, user);

    const second = await answerCode(system.client, user, first, 'resend', 'resend');

    expect(second.ChallengeParameters).toMatchObject({ challenge: 'SAME', deliveryNumber: '1' });
    await system.idle();
    expect(mailsTo(system, user)).toHaveLength(1);
  });

  it('starts a new code when the old one is nearly over', async () => {
    const user = await createUser(system);
    const first = await provePassword(system.client, user);
    const code = await waitForCode(system, user);
    passSeconds(200);

    const second = await answerCode(system.client, user, first, 'resend', 'resend');
    const newCode = await waitForCode(system, user, 2);

    expect(second.ChallengeParameters).toMatchObject({ challenge: 'REPLACED', deliveryNumber: '1' });
    expect(newCode).not.toBe(code);
  });
});

describe('signing in again', () => {
  it('within the cooldown shares the challenge and its one mail, and both sign-ins can be finished', async () => {
    const user = await createUser(system);
    const [tab, otherTab] = [
      await provePassword(system.client, user),
      await provePassword(system.client, user),
    ];
    const code = await waitForCode(system, user);

    const done = await answerCode(system.client, user, otherTab, code);
    const next = await answerCode(system.client, user, tab, code);
    const doneToo = await answerCode(system.client, user, next, await waitForCode(system, user, 2));

    await system.idle();
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    // The code has been used, so the other tab gets a new challenge.
    expect(next.ChallengeParameters).toMatchObject({ challenge: 'REPLACED' });
    expect(doneToo.AuthenticationResult?.IdToken).toBeTruthy();
    expect(mailsTo(system, user)).toHaveLength(2);
  });

  it('after the cooldown mails a new code', async () => {
    const user = await createUser(system);
    await provePassword(system.client, user);
    const code = await waitForCode(system, user);
    passSeconds(31);

    await provePassword(system.client, user);

    expect(await waitForCode(system, user, 2)).not.toBe(code);
  });
});

describe('an expired code', () => {
  it('is refused, and a fresh one is mailed in its place', async () => {
    const user = await createUser(system);
    const first = await provePassword(system.client, user);
    const code = await waitForCode(system, user);
    passSeconds(301);

    const second = await answerCode(system.client, user, first, code);
    const newCode = await waitForCode(system, user, 2);
    const done = await answerCode(system.client, user, second, newCode);

    expect(second.ChallengeParameters).toMatchObject({ challenge: 'REPLACED' });
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
  });
});
