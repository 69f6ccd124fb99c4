import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AMPLIFY_KEPT_MS } from '../../../../client/amplify.ts';
import { createCodeStep, resumeCodeStep } from '../../../../client/code-step.ts';
import { anError } from '../../../support/client/a-cognito.ts';
import { aChallenge, aStep, MACHINE_NOW, NOW } from '../../../support/client/a-step.ts';
import { handAnsweredCalls } from '../../../support/client/hand-answered-calls.ts';
import { asks } from '../../../support/client/scripted-calls.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: MACHINE_NOW });
});
afterEach(() => vi.useRealTimers());

/** The page is loaded again: what was saved is read, and nothing else is left. */
const reload = (text: string, keptMs?: number) => {
  const script = handAnsweredCalls(keptMs === undefined ? {} : { keptMs });
  const step = resumeCodeStep({ calls: script.calls, isWatched: () => true }, JSON.parse(text));
  step.subscribe(() => {});
  return { ...script, step };
};

const GOOD = {
  version: 1,
  username: 'Alice@example.com',
  challenge: aChallenge(),
  awaited: { since: NOW, asked: true },
  repliedAt: MACHINE_NOW,
  savedAt: MACHINE_NOW,
  now: NOW,
};

describe('a step that was saved', () => {
  test('has this form', () => {
    expect(reload(JSON.stringify(GOOD)).step.state.kind).toBe('code');
  });

  test('goes on where it was, with the time that has passed', async () => {
    const { step, reply } = aStep({}, { isWatched: () => false });
    void step.answer('123456');
    await reply({ attemptsLeft: 4 });
    const text = JSON.stringify(step);
    vi.setSystemTime(MACHINE_NOW + 60_000);

    const { step: resumed, sent } = reload(text, AMPLIFY_KEPT_MS);

    expect(resumed.state).toMatchObject({
      kind: 'code',
      news: { kind: 'stepResumed' },
      challenge: { attemptsLeft: 4 },
      codeSeconds: 240,
      resendSeconds: 0,
    });
    expect(sent).toEqual([]);
    expect(resumed.now()).toBe(NOW + 60_000);
  });

  test('has no code in it, and a session only where no library keeps that', () => {
    const { step } = aStep();
    step.typed('123456');
    const withSession = aStep({}, { session: () => 'the-session' }).step;

    expect(JSON.stringify(step)).not.toMatch(/123456|session/);
    expect(JSON.parse(JSON.stringify(withSession)).session).toBe('the-session');
  });

  test.each([
    [AMPLIFY_KEPT_MS - 1, 'code'],
    [AMPLIFY_KEPT_MS, 'password'],
  ])('is %i ms old: the library that keeps the session still has it, or not', (age, kind) => {
    const { step } = aStep();
    const text = JSON.stringify(step);
    vi.setSystemTime(MACHINE_NOW + age);

    const { state } = reload(text, AMPLIFY_KEPT_MS).step;

    expect(state.kind).toBe(kind);
    if (state.kind === 'password') {
      expect(state).toMatchObject({
        username: 'Alice@example.com',
        problem: { code: 'stepForgotten', next: 'startOver' },
        fate: { kind: 'renewed' },
      });
    }
  });

  test('does not ask by itself for a mail that it has asked for', async () => {
    const { step, reply } = aStep();
    await vi.advanceTimersByTimeAsync(7_000);
    await reply({ delivery: 'SENT', now: NOW + 7_000 });

    const resumed = reload(JSON.stringify(step));
    await vi.advanceTimersByTimeAsync(20_000);

    expect(resumed.sent).toEqual([]);
  });

  test.each([
    null,
    'text',
    {},
    [],
    { challenge: null },
    { ...GOOD, version: 2 },
    { ...GOOD, username: null },
    { ...GOOD, savedAt: 'x' },
    { ...GOOD, challenge: {} },
    { ...GOOD, challenge: 'x' },
    { ...GOOD, challenge: { ...GOOD.challenge, expiresAt: 'x' } },
  ])('that is none begins with the password: %j', (saved) => {
    expect(reload(JSON.stringify(saved)).step.state).toMatchObject({
      kind: 'password',
      problem: { code: 'stepForgotten' },
    });
  });

  test('takes the service’s next word for its time, even if this machine’s clock was set forward meanwhile', async () => {
    const { step } = aStep({ resendAt: NOW });
    const text = JSON.stringify(step);
    vi.setSystemTime(MACHINE_NOW + 3_600_000);
    const resumed = reload(text);

    void resumed.step.resend();
    resumed.last().resolve(asks(aChallenge({ status: 'SAME', deliveryNumber: 2, now: NOW + 5_000 })));
    await vi.advanceTimersByTimeAsync(0);

    expect(resumed.step.state).toMatchObject({ codeSeconds: 295 });
  });

  test('is told as over if it was', () => {
    const over = { ...GOOD, challenge: aChallenge({ status: 'OVER' }) };

    expect(reload(JSON.stringify(over)).step.state).toMatchObject({ news: { kind: 'codeOver' } });
  });

  test('begins with the password if the session that it should have is missing', () => {
    const { calls } = handAnsweredCalls({ session: () => undefined });

    expect(resumeCodeStep({ calls }, GOOD).state).toMatchObject({ problem: { code: 'stepForgotten' } });
  });

  test('does not hold a code to have ended by a clock that may have been set meanwhile', () => {
    const { step } = aStep();
    const text = JSON.stringify(step);
    vi.setSystemTime(MACHINE_NOW + 3_600_000);

    expect(reload(text).step.state).toMatchObject({ codeSeconds: 0, may: { answer: true } });
  });

  test('keeps what the service did not say', () => {
    const { calls } = handAnsweredCalls();
    const step = createCodeStep({ calls, username: 'Alice', parameters: {} });

    expect(reload(JSON.stringify(step)).step.state).toMatchObject({
      codeSeconds: undefined,
      resendSeconds: 0,
    });
  });
});

describe('a page that was loaded again while a call was under way', () => {
  const pending = (call: 'answer' | 'resend') => {
    const { step } = aStep({ resendAt: NOW });
    void (call === 'answer' ? step.answer('123456') : step.resend());
    return reload(JSON.stringify(step));
  };

  test('asks only once somebody listens, so that a step made twice does not ask twice', () => {
    const { step } = aStep();
    void step.answer('123456');
    const { calls, sent } = handAnsweredCalls();

    const resumed = resumeCodeStep({ calls }, JSON.parse(JSON.stringify(step)));
    expect(sent).toEqual([]);
    resumed.subscribe(() => {})();
    resumed.subscribe(() => {});

    expect(sent).toHaveLength(1);
  });

  test('asks at once whether the session is lost, and goes on if not', async () => {
    const { step, sent, last } = pending('answer');

    expect(sent.map(({ metadata }) => metadata)).toEqual([{ action: 'status' }]);
    last().resolve(asks(aChallenge({ status: 'SAME' })));
    await vi.advanceTimersByTimeAsync(0);

    expect(step.state).toMatchObject({ kind: 'code', news: { kind: 'mailStatus' } });
  });

  test.each(['answer', 'resend'] as const)(
    'begins with the password if it is, and does not know of the code: %s',
    async (call) => {
      const { step, last } = pending(call);

      last().reject(anError('NotAuthorizedException', 'session can only be used once'));
      await vi.advanceTimersByTimeAsync(0);

      expect(step.state).toMatchObject({ kind: 'password', fate: { kind: 'unknown' } });
    },
  );
});
