import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { anError } from '../../support/client/a-cognito.ts';
import { aStep, MACHINE_NOW, NOW } from '../../support/client/a-step.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: MACHINE_NOW });
});
afterEach(() => vi.useRealTimers());

const USED = 'Invalid session for the user, session can only be used once.';

describe('a call that got no answer', () => {
  test('is sent again, and is done if it had not arrived', async () => {
    const { step, sent, reply, fail, asked } = aStep();

    void step.answer('123456');
    await fail('NetworkError');
    expect(asked().pending).toBe('answer');
    await vi.advanceTimersByTimeAsync(500);
    expect(sent.map(({ answer }) => answer)).toEqual(['123456', '123456']);
    await reply({ attemptsLeft: 4 });

    expect(asked().news).toEqual({ kind: 'wrongCode' });
  });

  test('ends the sign-in at once if it had arrived, with the address filled in', async () => {
    const { step, fail, ended } = aStep();

    void step.answer('123456');
    await fail('NetworkError');
    await vi.advanceTimersByTimeAsync(500);
    await fail('NotAuthorizedException', USED);

    expect(ended()).toEqual({
      kind: 'password',
      username: 'Alice@example.com',
      problem: { code: 'sessionUsed', next: 'startOver' },
      fate: { kind: 'unknown' },
      error: anError('NotAuthorizedException', USED),
    });
  });

  test('is given up after some tries, and may be tried again', async () => {
    const { step, sent, fail, reply, asked } = aStep({}, { isWatched: () => false });

    const done = step.answer('123456');
    for (const pause of [500, 1_500, 3_000]) {
      await fail('NetworkError');
      await vi.advanceTimersByTimeAsync(pause);
    }
    await fail('NetworkError');
    await done;
    expect(sent).toHaveLength(4);
    expect(asked()).toMatchObject({ news: { kind: 'noAnswer' }, may: { answer: true } });

    void step.answer('123456');
    await reply({ attemptsLeft: 4 });
    expect(asked().news).toEqual({ kind: 'wrongCode' });
  });

  test('is sent again too if the service was busy', async () => {
    const { step, sent, fail, asked } = aStep({}, { isWatched: () => false });

    void step.answer('123456');
    for (const pause of [500, 1_500, 3_000, 0]) {
      await fail('TooManyRequestsException');
      await vi.advanceTimersByTimeAsync(pause);
    }

    expect(sent).toHaveLength(4);
    expect(asked().news).toEqual({ kind: 'busy' });
  });
});

test.each([
  [{ kind: 'other', name: 'SMS_MFA' } as const, 'SMS_MFA'],
  [{ kind: 'newPassword' } as const, 'NEW_PASSWORD_REQUIRED'],
])('a pool that asks for something else ends the step: %j', async (reply, detail) => {
  const { step, last, ended } = aStep();

  const done = step.answer('123456');
  last().resolve(reply);
  await done;

  expect(ended().problem).toEqual({ code: 'unknownStep', next: 'startOver', detail });
});

test('an error in a listener does not disturb the step', async () => {
  const { step, reply, asked } = aStep({}, { isWatched: () => false });
  const thrown = new Error('of the page');
  const caught: unknown[] = [];
  const realQueue = globalThis.queueMicrotask;
  vi.stubGlobal('queueMicrotask', (task: () => void) =>
    realQueue(() => {
      try {
        task();
      } catch (error) {
        caught.push(error);
      }
    }),
  );
  let told = 0;
  step.subscribe(() => {
    throw thrown;
  });
  step.subscribe(() => {
    told += 1;
  });

  const done = step.answer('123456');
  await reply({ attemptsLeft: 4 });
  await done;
  vi.unstubAllGlobals();

  expect(asked().news).toEqual({ kind: 'wrongCode' });
  expect(told).toBeGreaterThan(1);
  expect(caught).toContain(thrown);
});

test('a step that has ended leaves no timer behind, also where nobody ends the subscription', async () => {
  const { step, fail, ended } = aStep();
  expect(vi.getTimerCount()).toBe(1);

  void step.answer('123456');
  await fail('NotAuthorizedException', USED);

  expect(ended().problem.code).toBe('sessionUsed');
  expect(vi.getTimerCount()).toBe(0);
  step.subscribe(() => undefined);
  expect(vi.getTimerCount()).toBe(0);
});

describe('a listener that acts', () => {
  test('has its answer sent after the question that is under way, not beside it', async () => {
    const { step, sent, reply } = aStep({}, { isWatched: () => false });
    step.subscribe(() => {
      if (step.state.kind === 'code' && step.state.may.answer) void step.answer('123456');
    });

    void step.askStatus();
    expect(sent.map(({ answer }) => answer)).toEqual(['status']);
    await reply({ delivery: 'SENT' });

    expect(sent.map(({ answer }) => answer)).toEqual(['status', '123456']);
  });
});

describe('a step that was closed', () => {
  test('sends nothing again, tells nobody, and takes no clicks', async () => {
    const { step, sent, fail, states } = aStep();
    void step.answer('123456');
    await fail('NetworkError');
    const told = states.length;

    step.close();
    await vi.advanceTimersByTimeAsync(20_000);
    await step.answer('123456');

    expect(sent).toHaveLength(1);
    expect(states).toHaveLength(told);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a call that is not answered within a minute is given up and not sent again, as it may be under way', async () => {
  const { step, sent, asked } = aStep({}, { isWatched: () => false });

  void step.answer('123456');
  await vi.advanceTimersByTimeAsync(60_000);

  expect(sent).toHaveLength(1);
  expect(asked()).toMatchObject({ news: { kind: 'noAnswer' }, pending: undefined });
  expect(JSON.parse(JSON.stringify(step)).pending).toBe('answer');
});

test('that a call failed is told until something else happens, even if the code ends', async () => {
  const { step, fail, asked } = aStep({ expiresAt: NOW + 3_000, resendAt: NOW }, { isWatched: () => false });

  void step.resend();
  for (const pause of [500, 1_500, 3_000, 0]) {
    await fail('NetworkError');
    await vi.advanceTimersByTimeAsync(pause);
  }
  await vi.advanceTimersByTimeAsync(2_000);

  expect(asked()).toMatchObject({ news: { kind: 'noAnswer' }, codeSeconds: 0 });
});
