import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { userRecordOf } from '../../support/sign-in/earlier-sign-ins.ts';
import { setFaults } from '../../support/system/local-api.ts';
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

/** Asks how the mail stands, as a client does. */
const ask = (user: TestUser, step: Step): Promise<Step> =>
  answerCode(system.client, user, step, 'status', 'status');

const answer = (user: TestUser, step: Step, code: string) => answerCode(system.client, user, step, code);

describe('asking how the mail stands', () => {
  it('says so as it is known by then: on its way, and then with the recipient’s server', async () => {
    await setFaults(system, { sesDelaySeconds: 2 });
    const user = await createUser(system);
    const first = await ask(user, await provePassword(system.client, user));
    await waitForCode(system, user);
    await system.settled();
    await setFaults(system, { sesDelaySeconds: 0 });
    const later = await ask(user, first);

    expect(first.ChallengeParameters).toMatchObject({ challenge: 'SAME', delivery: 'SENDING' });
    expect(later.ChallengeParameters).toMatchObject({ challenge: 'SAME', delivery: 'DELIVERED' });
  });

  it('says that SES could not send it', async () => {
    await setFaults(system, { sesPaused: true });
    const user = await createUser(system);
    const step = await provePassword(system.client, user);
    await system.idle();
    await setFaults(system, { sesPaused: false });

    const asked = await ask(user, step);

    expect(asked.ChallengeParameters).toMatchObject({ challenge: 'SAME', delivery: 'FAILED' });
  });

  it('orders nothing, counts nothing and changes no record, and the code works afterwards', async () => {
    const user = await createUser(system);
    let step = await provePassword(system.client, user);
    const code = await waitForCode(system, user);
    await system.idle();
    const before = await userRecordOf(system, user);
    system.clock.adjust({ offsetMs: 61_000 });

    for (let n = 0; n < 12; n += 1) step = await ask(user, step);
    const after = await userRecordOf(system, user);
    const wrong = await answer(user, step, wrongCode(code));
    const done = await answer(user, wrong, code);

    expect(after).toEqual(before);
    expect(step.ChallengeParameters).toMatchObject({ challenge: 'SAME', attemptsLeft: '5' });
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    await system.idle();
    expect(mailsTo(system, user)).toHaveLength(1);
  });

  it('is a round like any other from the thirteenth time on, and leaves the eight others as they are', async () => {
    const user = await createUser(system);
    let step = await provePassword(system.client, user);
    for (let n = 0; n < 12; n += 1) step = await ask(user, step);
    for (let n = 0; n < 6; n += 1) step = await answer(user, step, 'no code');

    const thirteenth = await ask(user, step);
    const last = answer(user, thirteenth, 'no code');

    expect(thirteenth.ChallengeParameters).toMatchObject({ challenge: 'SAME' });
    await expect(last).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('hands out a challenge that is over as it is, and mails nothing', async () => {
    const user = await createUser(system);
    const step = await provePassword(system.client, user);
    await waitForCode(system, user);
    system.clock.adjust({ offsetMs: 301_000 });

    const over = await ask(user, step);
    await system.idle();
    const mails = mailsTo(system, user).length;
    const replaced = await answer(user, over, '123456');

    expect(over.ChallengeParameters).toMatchObject({ challenge: 'OVER' });
    expect(mails).toBe(1);
    expect(replaced.ChallengeParameters).toMatchObject({ challenge: 'REPLACED' });
    await waitForCode(system, user, 2);
  });
});
