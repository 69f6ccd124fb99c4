import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { moveTo } from '../../support/sign-in/move-to.ts';
import {
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

/** The new address of a user who had `local@example.com`. */
const CHANGES: readonly (readonly [string, (local: string) => string])[] = [
  ['of another domain', (local) => `${local}@example.org`],
  ['with the same mask', (local) => `${local[0]}${local.split('').reverse().join('')}@example.com`],
  ['with a label', (local) => `${local}+codes@example.com`],
  ['of a domain outside ASCII', (local) => `${local}@bücher.example`],
];

const answer = (user: TestUser, step: Step, code: string) => answerCode(system.client, user, step, code);

const aSignIn = async () => {
  const local = `u${randomUUID()}`;
  const user = await createUser(system, { email: `${local}@example.com` });
  const step = await provePassword(system.client, user);
  return { local, user, step, old: await waitForCode(system, user) };
};

describe.each(CHANGES)('a user who gets an address %s', (_, newAddress) => {
  it('before the first answer: the old code is worth nothing, and the new mailbox’s code signs in', async () => {
    const { local, user, step, old } = await aSignIn();
    const moved = await moveTo(system, user, newAddress(local));

    const refused = await answer(moved, step, old);
    const done = await answer(moved, refused, await waitForCode(system, moved));

    expect(refused.ChallengeParameters).toMatchObject({ challenge: 'REPLACED' });
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(mailsTo(system, user)).toHaveLength(1);
  });

  it('between two rounds: a wrong answer brings a code to the new mailbox alone', async () => {
    const { local, user, step, old } = await aSignIn();
    const again = await answer(user, step, wrongCode(old));
    const moved = await moveTo(system, user, newAddress(local));

    const replaced = await answer(moved, again, wrongCode(old));
    const code = await waitForCode(system, moved);
    const refused = await answer(moved, replaced, code === old ? wrongCode(old) : old);
    const done = await answer(moved, refused, code);

    expect(refused.AuthenticationResult).toBeUndefined();
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(mailsTo(system, user)).toHaveLength(1);
  });

  it('before a resend and a fresh sign-in within the cooldown: both mail to the new mailbox, with one code', async () => {
    const { local, user, step, old } = await aSignIn();
    const moved = await moveTo(system, user, newAddress(local));

    const resent = await answerCode(system.client, moved, step, 'resend', 'resend');
    const code = await waitForCode(system, moved);
    const fresh = await provePassword(system.client, moved);
    await system.idle();
    const refused = await answer(moved, resent, code === old ? wrongCode(old) : old);
    const done = await answer(moved, fresh, code);

    expect(resent.ChallengeParameters).toMatchObject({ challenge: 'REPLACED' });
    expect(refused.AuthenticationResult).toBeUndefined();
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect([mailsTo(system, user).length, mailsTo(system, moved).length]).toEqual([1, 1]);
  });
});
