import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { NO_FAULTS } from '../../../local/faults/faults.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import {
  challengeFor,
  executionsFor,
  getLocal,
  leaseClaims,
  putFaults,
  retriesOf,
  setFaults,
} from '../../support/system/local-api.ts';
import {
  codeOf,
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

/** For tests that share a system, because its switches affect all of them. */
const ONE_BY_ONE = { concurrent: false };

/** A system with warm functions. Suites that have a system each can wait side by side. */
const useSystem = () => {
  const holder: { system?: TestSystem } = {};
  beforeAll(async () => {
    holder.system = await startTestSystem();
    await signInWithMail(holder.system, await createUser(holder.system));
  });
  afterAll(async () => holder.system && stopTestSystem(holder.system));
  return () => holder.system ?? expect.unreachable('The system was not started');
};

/** Proves the password; returns how many real milliseconds passed until the code was asked for. */
const ask = async (system: TestSystem, user: TestUser) => {
  const started = performance.now();
  const step = await provePassword(system.client, user);
  return { step, started, askedAfterMs: performance.now() - started };
};

const signInWithMail = async (system: TestSystem, user: TestUser) => {
  const asked = await ask(system, user);
  const code = await waitForCode(system, user);
  const mailedAfterMs = performance.now() - asked.started;
  return { ...asked, mailedAfterMs, step: await answerCode(system.client, user, asked.step, code) };
};

const expectSignedIn = ({ step }: { readonly step: Step }) =>
  expect(step.AuthenticationResult?.IdToken).toBeTruthy();

describe.concurrent('at the real speed', () => {
  const system = useSystem();

  it('SES that takes 10 s delays the mail and not the sign-in page', ONE_BY_ONE, async () => {
    await setFaults(system(), { sesDelaySeconds: 10 });
    const user = await createUser(system());
    const signingIn = signInWithMail(system(), user);

    // One quick try out of several is enough, because other tests may keep the machine busy.
    await expect
      .poll(async () => (await ask(system(), await createUser(system()))).askedAfterMs, { timeout: 30_000 })
      .toBeLessThan(1000);
    const signedIn = await signingIn;

    expectSignedIn(signedIn);
    expect(signedIn.mailedAfterMs).toBeGreaterThan(10_000);
    expect(mailsTo(system(), user)).toHaveLength(1);
  });

  it(
    'slow and throttled SES together with lost answers: one mail, and what was retried shows',
    ONE_BY_ONE,
    async () => {
      await setFaults(system(), { sesDelaySeconds: 10, sesThrottlePercent: 50, lostTriggerAnswers: 1 });
      const user = await createUser(system());

      const signedIn = await signInWithMail(system(), user);

      expectSignedIn(signedIn);
      expect(signedIn.askedAfterMs).toBeGreaterThan(5000);
      expect(await challengeFor(system(), user)).toMatchObject({ outcome: 'VERIFIED', attempts: 0 });
      expect(mailsTo(system(), user)).toHaveLength(1);
      const executions = await executionsFor(system(), user);
      expect(executions.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
      expect(executions.flatMap(retriesOf)).toEqual(expect.arrayContaining(['EmailThrottled', 'LeaseHeld']));
    },
  );
});

describe.concurrent('triggers that lose two answers each', () => {
  const system = useSystem();

  it('send one mail and verify once', async () => {
    await setFaults(system(), { lostTriggerAnswers: 2 });
    const user = await createUser(system());

    const signedIn = await signInWithMail(system(), user);

    expectSignedIn(signedIn);
    expect(signedIn.askedAfterMs).toBeGreaterThan(10_000);
    expect(await challengeFor(system(), user)).toMatchObject({ outcome: 'VERIFIED', attempts: 0 });
    expect(mailsTo(system(), user)).toHaveLength(1);
  });
});

describe.concurrent('on a fast clock', () => {
  const system = useSystem();
  const withFaults = async (change: Parameters<typeof setFaults>[1], clockRate = 10) => {
    await setFaults(system(), { ...NO_FAULTS, clockRate, ...change });
    return createUser(system());
  };

  it('SES that takes 10 s of it mails once', ONE_BY_ONE, async () => {
    const user = await withFaults({ sesDelaySeconds: 10 });

    const signedIn = await signInWithMail(system(), user);

    expectSignedIn(signedIn);
    expect(mailsTo(system(), user)).toHaveLength(1);
  });

  it('SES that refuses half of the mails gets each of them out in the end, once', ONE_BY_ONE, async () => {
    const first = await withFaults({ sesThrottlePercent: 50 });
    const users = [first, ...(await Promise.all(Array.from({ length: 4 }, () => createUser(system()))))];

    const results = await Promise.all(users.map((user) => signInWithMail(system(), user)));

    results.forEach(expectSignedIn);
    await system().idle();
    const executions = (await Promise.all(users.map((user) => executionsFor(system(), user)))).flat();
    expect(users.map((user) => mailsTo(system(), user).length)).toEqual(users.map(() => 1));
    expect(executions.flatMap(retriesOf)).toContain('EmailThrottled');
  });

  it('SES that stays down ends in a recorded failure', ONE_BY_ONE, async () => {
    const user = await withFaults({ sesDown: true }, 60);

    await provePassword(system().client, user);

    const { events } = await challengeFor(system(), user);
    expect(events['1#SEND_FAILED']).toMatchObject({ reason: 'EmailUnavailable' });
    expect(mailsTo(system(), user)).toHaveLength(0);
  });

  it('SES that comes back delivers what was waiting for it', ONE_BY_ONE, async () => {
    const user = await withFaults({ sesDown: true });
    const asked = await provePassword(system().client, user);
    await expect
      .poll(async () => (await executionsFor(system(), user)).flatMap(retriesOf))
      .toContain('EmailUnavailable');

    await setFaults(system(), { sesDown: false });
    const done = await answerCode(system().client, user, asked, await waitForCode(system(), user));

    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(mailsTo(system(), user)).toHaveLength(1);
  });

  it('a daily quota that is used up is recorded and not tried again', ONE_BY_ONE, async () => {
    const user = await withFaults({ sesQuotaReached: true });

    await provePassword(system().client, user);

    const { events } = await challengeFor(system(), user);
    expect(events['1#SEND_FAILED']).toMatchObject({ reason: 'EmailQuotaReached' });
    expect((await executionsFor(system(), user)).flatMap(retriesOf)).toEqual([]);
  });

  it.each([
    ['a workflow that runs', { duplicateExecutions: true }, 2],
    ['a try that is made', { repeatedTries: true }, 1],
  ])('%s twice at the same time mails once', ONE_BY_ONE, async (_, faults, started) => {
    const user = await withFaults(faults);
    const claimedBefore = leaseClaims(system());

    expectSignedIn(await signInWithMail(system(), user));
    await system().idle();

    const executions = await executionsFor(system(), user);
    expect(mailsTo(system(), user)).toHaveLength(1);
    expect(executions.map(({ status }) => status)).toEqual(Array(started).fill('SUCCEEDED'));
    expect(new Set(executions.map(({ name }) => name)).size).toBe(1);
    expect(leaseClaims(system()) - claimedBefore).toBeGreaterThan(1);
  });

  it(
    'a sender that dies after SES accepted its mail, which SES has not reported yet, is run again when its lease ends and mails the same code',
    ONE_BY_ONE,
    async () => {
      const user = await withFaults({ crashAfterSend: 1, feedbackDelaySeconds: 60 });
      const asked = await provePassword(system().client, user);
      const code = await waitForCode(system(), user, 2);

      const done = await answerCode(system().client, user, asked, code);

      expect(done.AuthenticationResult?.IdToken).toBeTruthy();
      await system().idle();
      const [execution = expect.unreachable()] = await executionsFor(system(), user);
      expect(mailsTo(system(), user).map(codeOf)).toEqual([code, code]);
      const [died, ...waited] = retriesOf(execution);
      expect(died).toBe('Runtime.ExitError');
      expect(new Set(waited)).toEqual(new Set(['LeaseHeld']));
      expect(execution.status).toBe('SUCCEEDED');
      expect(await getLocal(system(), 'faults.json')).toMatchObject({ crashAfterSend: 0 });
    },
  );

  it(
    'a sender that dies after its mail went out mails again only where SES has not reported the first',
    ONE_BY_ONE,
    async () => {
      const user = await withFaults({ crashAfterSend: 1 });
      await provePassword(system().client, user);
      await system().settled();

      const { events } = await challengeFor(system(), user);
      // Either the report or the second try may come first; the trail shows which.
      expect(mailsTo(system(), user)).toHaveLength(events['1#SENT'] === undefined ? 1 : 2);
      expect(events).toHaveProperty('1#ACCEPTED');
    },
  );

  it('a clock that is set forward past its end makes a code worthless', ONE_BY_ONE, async () => {
    const user = await withFaults({});
    const asked = await provePassword(system().client, user);
    const code = await waitForCode(system(), user);

    await setFaults(system(), { clockOffsetSeconds: 301 });
    const again = await answerCode(system().client, user, asked, code);

    expect(again.ChallengeParameters).toMatchObject({ challenge: 'REPLACED' });
  });

  it('a wrong setting is refused, with a message that says why', ONE_BY_ONE, async () => {
    const before = await getLocal(system(), 'faults.json');

    const response = await putFaults(system(), '{"clockRate":0,"sesDown":"yes"}');

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      message: 'clockRate must be a whole number from 1 to 3600; sesDown must be true or false',
    });
    expect(await getLocal(system(), 'faults.json')).toEqual(before);
  });
});
