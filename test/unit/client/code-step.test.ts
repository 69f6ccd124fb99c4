import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCodeStep } from '../../../client/code-step.ts';
import { aChallenge, aStep, MACHINE_NOW, NOW } from '../../support/client/a-step.ts';
import { handAnsweredCalls } from '../../support/client/hand-answered-calls.ts';
import { parametersOf } from '../../support/client/scripted-calls.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: MACHINE_NOW });
});
afterEach(() => vi.useRealTimers());

describe('the step', () => {
  test('begins with what Cognito said, with countdowns by the service’s clock', () => {
    const { asked } = aStep();

    expect(asked()).toMatchObject({
      news: { kind: 'codeAsked' },
      pending: undefined,
      codeSeconds: 300,
      resendSeconds: 30,
      may: { answer: true, resend: false, status: true },
    });
  });

  test('counts down each second, and tells those who listen, until nobody does', async () => {
    const { step, states, leave, asked } = aStep({}, { isWatched: () => false });

    await vi.advanceTimersByTimeAsync(30_000);
    leave();
    await vi.advanceTimersByTimeAsync(30_000);

    expect(states).toHaveLength(30);
    expect(asked()).toMatchObject({ codeSeconds: 240, resendSeconds: 0, may: { resend: true } });
    expect(step.state).toBe(step.state);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('sends the code in what was typed, and tells what came of it', async () => {
    const { step, sent, reply, asked } = aStep();

    const done = step.answer(' Code: 012 345. ');
    expect(asked()).toMatchObject({
      pending: 'answer',
      may: { answer: false, resend: false, status: false },
    });
    await reply({ attemptsLeft: 4 });
    await done;

    expect(sent.map(({ answer, metadata }) => ({ answer, metadata }))).toEqual([
      { answer: '012345', metadata: {} },
    ]);
    expect(asked()).toMatchObject({
      news: { kind: 'wrongCode' },
      pending: undefined,
      challenge: { attemptsLeft: 4 },
    });
  });

  test.each(['', '12345', '123456 654321', 'no code'])(
    'does not send what cannot be a code: %j',
    async (text) => {
      const { step, sent, asked } = aStep();

      await step.answer(text);

      expect(sent).toEqual([]);
      expect(asked().news).toEqual({ kind: 'notACode' });
    },
  );

  test('ends with the tokens', async () => {
    const { step, last } = aStep();

    const done = step.answer('123456');
    last().resolve({ kind: 'signedIn', tokens: 'tokens' });
    await done;

    expect(step.state).toEqual({ kind: 'signedIn', tokens: 'tokens' });
    await step.answer('123456');
    await step.resend();
    expect(step.state.kind).toBe('signedIn');
    expect(JSON.stringify(step)).toBeUndefined();
  });

  test('orders another mail as soon as the service takes the order, and not before', async () => {
    const { step, sent, reply, asked } = aStep({}, { isWatched: () => false });

    await step.resend();
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(30_000);
    void step.resend();
    await reply({ deliveryNumber: 2, now: NOW + 30_000, resendAt: NOW + 90_000 });

    expect(sent.map(({ answer, metadata }) => ({ answer, metadata }))).toEqual([
      { answer: 'resend', metadata: { action: 'resend' } },
    ]);
    expect(asked()).toMatchObject({ news: { kind: 'mailOrdered', newCode: false }, resendSeconds: 60 });
  });

  test.each([
    ['mailNotOrdered', {}],
    ['limitReached', { limited: 'SEND_LIMIT' as const, resendAt: NOW + 600_000 }],
    ['mailOrdered', { status: 'REPLACED' as const, deliveryNumber: 1 }],
  ])('tells that a mail was not ordered, or has another code: %s', async (kind, changes) => {
    const { step, reply, asked } = aStep({ resendAt: NOW });

    void step.resend();
    await reply(changes);

    expect(asked().news.kind).toBe(kind);
  });

  test('tells that the code was replaced, and why', async () => {
    const { step, reply, asked } = aStep({ attemptsLeft: 1 });

    void step.answer('123456');
    await reply({ status: 'REPLACED' });

    expect(asked().news).toEqual({ kind: 'codeReplaced', why: 'missed' });
  });

  test('tells once that the code has ended, and then only orders another mail', async () => {
    const { step, states, sent, asked } = aStep({}, { isWatched: () => false });

    await vi.advanceTimersByTimeAsync(301_000);
    await step.answer('123456');

    expect(states.filter((kind) => kind === 'codeExpired')).not.toHaveLength(0);
    expect(asked()).toMatchObject({ codeSeconds: 0, may: { answer: false, resend: true, status: false } });
    expect(sent).toEqual([]);
  });

  test('does not hold a code to have ended by a clock that nobody has compared', async () => {
    vi.setSystemTime(NOW + 86_400_000);
    const { now: _, ...old } = aChallenge();
    const { calls, sent } = handAnsweredCalls();
    const step = createCodeStep({ calls, username: 'Alice', parameters: parametersOf(old) });

    void step.answer('123456');

    expect(sent).toHaveLength(1);
  });
});

describe('one call at a time', () => {
  test('a second click is not sent', async () => {
    const { step, sent, reply } = aStep({ resendAt: NOW });

    void step.answer('123456');
    void step.answer('123456');
    void step.resend();
    void step.askStatus();
    await reply({ attemptsLeft: 4 });

    expect(sent).toHaveLength(1);
  });

  test('an answer waits for a status that is under way', async () => {
    const { step, sent, reply, asked } = aStep();

    void step.askStatus();
    const done = step.answer('123456');
    expect(sent).toHaveLength(1);
    expect(asked().pending).toBe('answer');
    await reply({ delivery: 'SENT', statusesLeft: 11 });
    expect(sent.map(({ answer }) => answer)).toEqual(['status', '123456']);
    await reply({ attemptsLeft: 4, statusesLeft: 11 });
    await done;

    expect(asked()).toMatchObject({ news: { kind: 'wrongCode' }, pending: undefined });
  });

  test('an answer is not sent after a status that says that the code is over', async () => {
    const { step, sent, reply, asked } = aStep();

    void step.askStatus();
    const done = step.answer('123456');
    await reply({ status: 'OVER', attemptsLeft: 0 });
    await done;

    expect(sent).toHaveLength(1);
    expect(asked()).toMatchObject({ news: { kind: 'codeOver', why: 'missed' }, pending: undefined });
  });
});

describe('how the mail stands', () => {
  test('is asked for once by itself, six seconds after the order', async () => {
    const { sent, reply, asked } = aStep();

    await vi.advanceTimersByTimeAsync(5_900);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(sent.map(({ metadata }) => metadata)).toEqual([{ action: 'status' }]);
    await reply({ delivery: 'FAILED', statusesLeft: 11 });
    await vi.advanceTimersByTimeAsync(20_000);

    expect(sent).toHaveLength(1);
    expect(asked()).toMatchObject({ news: { kind: 'mailStatus' }, challenge: { delivery: 'FAILED' } });
  });

  test.each([
    ['something is typed', {}, true, '1'],
    ['nobody is there', {}, false, ''],
    ['it is known', { delivery: 'DELIVERED' as const }, true, ''],
    ['the service has that turned off', { statusesLeft: 0 }, true, ''],
  ])('is not asked for by itself if %s', async (_, changes, isWatched, typed) => {
    const { step, sent } = aStep(changes, { isWatched: () => isWatched });

    step.typed(typed);
    await vi.advanceTimersByTimeAsync(20_000);

    expect(sent).toEqual([]);
  });

  test('is not asked for by itself after an answer, but once more after another mail', async () => {
    const { step, sent, reply } = aStep();
    const later = { statusesLeft: 12, attemptsLeft: 4 };

    void step.answer('123456');
    await reply(later);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(sent).toHaveLength(1);
    void step.resend();
    await reply({ ...later, deliveryNumber: 2, now: NOW + 31_000 });
    await vi.advanceTimersByTimeAsync(7_000);

    expect(sent.map(({ answer }) => answer)).toEqual(['123456', 'resend', 'status']);
  });

  test('can be asked for as often as the service allows', async () => {
    const { step, sent, reply, asked } = aStep({ statusesLeft: 1 });

    void step.askStatus();
    await reply({ statusesLeft: 0 });
    await step.askStatus();

    expect(sent).toHaveLength(1);
    expect(asked().may.status).toBe(false);
  });
});
