import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aStep, MACHINE_NOW, NOW } from '../../support/client/a-step.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: MACHINE_NOW });
});
afterEach(() => vi.useRealTimers());

const USED = 'Invalid session for the user, session can only be used once.';

/** The question got no answer, and then Cognito says that its session was used. */
const loseStatus = async ({ step, fail }: ReturnType<typeof aStep>) => {
  void step.askStatus();
  await fail('NetworkError');
  await vi.advanceTimersByTimeAsync(500);
  await fail('NotAuthorizedException', USED);
};

describe('the code that has arrived', () => {
  test('still works after a lost status, as long as no other mail may be ordered', async () => {
    const world = aStep();

    await loseStatus(world);

    expect(world.ended().fate).toEqual({ kind: 'works', until: NOW + 30_000 });
  });

  test.each([
    ['another mail may be ordered', { resendAt: NOW }],
    ['it has not enough life left to be asked for again', { expiresAt: NOW + 59_000 }],
  ])('is replaced at the next sign-in if %s', async (_, changes) => {
    const world = aStep(changes);

    await loseStatus(world);

    expect(world.ended().fate).toEqual({ kind: 'renewed' });
  });

  test('may be used up if another window has used the session', async () => {
    const { step, fail, ended } = aStep();

    void step.askStatus();
    await fail('NotAuthorizedException', USED);

    expect(ended().fate).toEqual({ kind: 'unknown' });
  });

  test('may be used up by an answer that was lost before the service got busy', async () => {
    const { step, fail, ended } = aStep({}, { isWatched: () => false });
    void step.answer('123456');
    await fail('NetworkError');
    for (const pause of [500, 1_500, 3_000]) {
      await vi.advanceTimersByTimeAsync(pause);
      await fail('TooManyRequestsException');
    }

    expect(JSON.parse(JSON.stringify(step)).pending).toBe('answer');
    void step.askStatus();
    await fail('NotAuthorizedException', USED);

    expect(ended().fate).toEqual({ kind: 'unknown' });
  });

  test.each(['answer', 'resend'] as const)('may still work after a lost %s', async (call) => {
    const { step, fail, ended } = aStep({ resendAt: NOW });

    void (call === 'answer' ? step.answer('123456') : step.resend());
    await fail('NotAuthorizedException', USED);

    expect(ended().fate).toEqual({ kind: 'unknown' });
  });

  test('may still work after an answer that was never heard of, whatever is asked later', async () => {
    const { step, fail, ended } = aStep({}, { isWatched: () => false });
    void step.answer('123456');
    for (const pause of [500, 1_500, 3_000, 0]) {
      await fail('NetworkError');
      await vi.advanceTimersByTimeAsync(pause);
    }

    void step.askStatus();
    await fail('NotAuthorizedException', USED);

    expect(ended().fate).toEqual({ kind: 'unknown' });
  });

  test('is not spoken of where the person cannot sign in again', async () => {
    const { step, fail, ended } = aStep();

    void step.answer('123456');
    const text = 'CreateAuthChallenge failed with error Too many. [LOCKED until 2026-03-02T10:15:00.000Z].';
    await fail('UserLambdaValidationException', text);

    expect(ended()).toMatchObject({
      problem: { code: 'locked', retryAt: Date.parse('2026-03-02T10:15:00Z') },
      fate: { kind: 'none' },
    });
  });
});
