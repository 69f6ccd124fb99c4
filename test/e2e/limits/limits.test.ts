import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { readRefusal } from '../../../shared/messages/refusal.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { hadMails, hadWrongCodes, userRecordOf } from '../../support/sign-in/earlier-sign-ins.ts';
import {
  codeOf,
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

/** Moves the clock when all mails are out: a mail under way would count the jump as time that it took. */
const passSeconds = async (seconds: number): Promise<void> => {
  await system.idle();
  system.clock.adjust({ offsetMs: seconds * 1000 });
};
const passMinutes = (minutes: number) => passSeconds(minutes * 60);

/** The limit for which Cognito refuses, and for how many minutes from now. */
const refusalOf = async (call: Promise<Step>) => {
  const refused = (error: Error) => error;
  const { name, message } = await call.then(() => expect.unreachable('Nothing was refused'), refused);
  expect(name).toBe('UserLambdaValidationException');
  const { code, retryAt } = readRefusal(message) ?? expect.unreachable(message);
  return { code, minutes: Math.round((retryAt - system.clock.now()) / 60_000) };
};

const newestCode = async (user: TestUser): Promise<string> => {
  await system.idle();
  return codeOf(mailsTo(system, user).at(-1) ?? expect.unreachable('No mail arrived'));
};

const signInWrongly = async (user: TestUser, times = 1): Promise<Step> => {
  let step = await provePassword(system.client, user);
  for (let time = 0; time < times; time += 1) {
    step = await answerCode(system.client, user, step, wrongCode(await newestCode(user)));
  }
  return step;
};

const resend = (user: TestUser, step: Step): Promise<Step> =>
  answerCode(system.client, user, step, 'resend', 'resend');

/** A user who is signing in and has given so many wrong codes before. */
const aUserWithWrongCodes = async (count: number) => {
  const user = await createUser(system);
  const step = await provePassword(system.client, user);
  await hadWrongCodes(system, user, count);
  return { user, step };
};

describe('a user who gives wrong codes', () => {
  it('is locked by the twentieth, over four sign-ins: the right code gives no tokens, a new sign-in no mail', async () => {
    const user = await createUser(system);
    for (let signIn = 1; signIn <= 3; signIn += 1) {
      await signInWrongly(user, 6);
      await passMinutes(16);
    }
    const tab = await provePassword(system.client, user);

    const locking = await refusalOf(signInWrongly(user, 2));
    const right = await refusalOf(answerCode(system.client, user, tab, await newestCode(user)));
    const again = await refusalOf(provePassword(system.client, user));

    const locked = { code: 'LOCKED', minutes: 15 };
    expect([locking, right, again]).toEqual([locked, locked, locked]);
    // There were two in each of the first three sign-ins, because the sixth wrong code was for a second challenge.
    await system.idle();
    expect(mailsTo(system, user)).toHaveLength(7);
  });

  it('signs in with the right code once the lock is over, and the count starts again', async () => {
    const { user, step } = await aUserWithWrongCodes(19);
    await refusalOf(answerCode(system.client, user, step, wrongCode(await newestCode(user))));
    await passMinutes(15);

    const next = await provePassword(system.client, user);
    const done = await answerCode(system.client, user, next, await newestCode(user));
    await passSeconds(31);
    const later = await signInWrongly(user);

    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(later.ChallengeParameters).toMatchObject({ challenge: 'SAME', attemptsLeft: '4' });
    expect(await userRecordOf(system, user)).toMatchObject({ consecutiveFailures: 1 });
  });

  it('is locked for twice as long by each further one', async () => {
    const { user, step } = await aUserWithWrongCodes(19);
    const first = await refusalOf(answerCode(system.client, user, step, wrongCode(await newestCode(user))));
    await passMinutes(15);
    const second = await refusalOf(signInWrongly(user));
    await passMinutes(29);
    const meanwhile = await refusalOf(provePassword(system.client, user));
    await passMinutes(1);
    const third = await refusalOf(signInWrongly(user));

    expect([first, second, meanwhile, third].map(({ minutes }) => minutes)).toEqual([15, 30, 1, 60]);
  });

  it('is locked for good by the hundredth', async () => {
    const { user } = await aUserWithWrongCodes(99);
    await passMinutes(24 * 60);
    const refused = await refusalOf(signInWrongly(user));
    await passMinutes(48 * 60);
    const later = await refusalOf(provePassword(system.client, user));

    const forGood = { code: 'LOCKED', minutes: Number.POSITIVE_INFINITY };
    expect([refused, later]).toEqual([forGood, forGood]);
  });

  it('keeps the count through a resend and a new challenge; only a right code clears it', async () => {
    const user = await createUser(system);
    const counts: number[] = [];
    const count = async () => counts.push((await userRecordOf(system, user)).consecutiveFailures);

    const wrong = await signInWrongly(user);
    await count();
    await passSeconds(31);
    const resent = await resend(user, wrong);
    await count();
    await passSeconds(61);
    const step = await signInWrongly(user);
    await count();
    const done = await answerCode(system.client, user, step, await newestCode(user));
    await count();

    expect(resent.ChallengeParameters).toMatchObject({ challenge: 'SAME', deliveryNumber: '2' });
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(counts).toEqual([1, 1, 2, 0]);
  });
});

describe('a user who types what cannot be a code', () => {
  it('uses up the sign-in’s eight rounds, and has given no wrong code', async () => {
    const user = await createUser(system);
    let step = await provePassword(system.client, user);
    const answers = [
      'please',
      '1'.repeat(10_000),
      '💌',
      '12345',
      '1234567',
      '{}',
      '12-34',
      'codes: 123456, 654321',
    ];

    for (const answer of answers.slice(0, -1)) {
      step = await answerCode(system.client, user, step, answer);
      expect(step.ChallengeParameters).toMatchObject({ challenge: 'SAME', attemptsLeft: '5' });
    }
    const last = answerCode(system.client, user, step, answers.at(-1) ?? '');

    await expect(last).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    expect(await userRecordOf(system, user)).toMatchObject({ consecutiveFailures: 0 });
  });
});

describe('a user who orders mails', () => {
  it('gets no sixth one within 15 minutes without a right code, and then there are mails again', async () => {
    const user = await createUser(system);
    let step = await provePassword(system.client, user);
    for (const cooldown of [31, 61, 61, 61]) {
      await passSeconds(cooldown);
      step = await resend(user, step);
    }
    await passSeconds(31);

    const sixth = await resend(user, step);
    const { resendAt = '' } = sixth.ChallengeParameters ?? {};
    const [orders = {}] = Object.values((await userRecordOf(system, user)).orders ?? {});
    await passMinutes(4);
    const signIn = await refusalOf(provePassword(system.client, user));

    expect(sixth.ChallengeParameters).toMatchObject({ challenge: 'SAME', refused: 'SEND_LIMIT' });
    expect(Date.parse(resendAt)).toBe(Number(orders[1]) + 15 * 60_000);
    expect(signIn).toEqual({ code: 'SEND_LIMIT', minutes: 7 });
    expect(mailsTo(system, user)).toHaveLength(5);
    await passMinutes(7);
    await provePassword(system.client, user);
    await waitForCode(system, user, 6);
  });

  it('gets the next one at once where the right code of the last was given', async () => {
    const user = await createUser(system);
    await provePassword(system.client, user);
    await hadMails(system, user, 4);
    await passSeconds(31);
    const fifth = await provePassword(system.client, user);

    const done = await answerCode(system.client, user, fifth, await newestCode(user));
    const next = await provePassword(system.client, user);

    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(next.ChallengeParameters).toMatchObject({ challenge: 'NEW' });
  });

  it('gets no twenty-first one within a day', async () => {
    const user = await createUser(system);
    await provePassword(system.client, user);
    await hadMails(system, user, 20);
    await passMinutes(60);

    const refused = await refusalOf(provePassword(system.client, user));

    expect(refused).toEqual({ code: 'SEND_LIMIT', minutes: 23 * 60 });
    expect(mailsTo(system, user)).toHaveLength(1);
  });
});
