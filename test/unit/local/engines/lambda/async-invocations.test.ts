import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createAsyncInvocations } from '../../../../../local/engines/lambda/async-invocations.ts';
import type { EventInvokeConfig } from '../../../../../local/engines/lambda/event-invoke-config.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import type { Invocation } from '../../../../../local/ground/service.ts';
import { openState } from '../../../../../local/ground/state.ts';
import { MINUTE } from '../../../../support/table/challenges.ts';
import { eventually } from './a-lambda.ts';

const ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:record';
const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:DeadLetters';
const EVENT = { messageId: 'message-1' };

const DONE: Invocation = { kind: 'returned', payload: null };
const FAILED: Invocation = { kind: 'failed', errorType: 'TableGone', errorMessage: 'no table' };

interface Attempt {
  readonly event: unknown;
  readonly requestId: string;
  /** By the local clock. */
  readonly at: number;
}

/** Asynchronous invocations of a function that ends with these outcomes in turn, and then always with the last. */
const aQueue = (
  outcomes: readonly (Invocation | Promise<Invocation>)[],
  {
    rate = 3_600,
    folder = mkdtempSync(join(tmpdir(), 'state-')),
    ...config
  }: { readonly rate?: number; readonly folder?: string } & Partial<EventInvokeConfig> = {},
) => {
  const clock = createClock();
  clock.adjust({ rate });
  const attempts: Attempt[] = [];
  const messages: { readonly queueArn: string; readonly body: unknown }[] = [];
  const invocations = createAsyncInvocations({
    clock,
    state: openState(folder),
    invoke: async (_, event, requestId) => {
      attempts.push({ event, requestId, at: clock.now() });
      return outcomes[attempts.length - 1] ?? outcomes.at(-1) ?? DONE;
    },
    configOf: () => ({
      functionName: 'record',
      maxRetries: 2,
      maxAgeSeconds: 21_600,
      onFailure: QUEUE_ARN,
      ...config,
    }),
    sendMessage: (queueArn, body) => messages.push({ queueArn, body: JSON.parse(body) }),
  });
  return { ...invocations, clock, folder, attempts, messages };
};

describe.concurrent('an asynchronous invocation', () => {
  test('that succeeds is made once', async () => {
    const queue = aQueue([DONE]);

    await queue.invokeAsync(ARN, EVENT);

    expect(queue.attempts).toMatchObject([{ event: EVENT }]);
    expect(queue.messages).toEqual([]);
  });

  test('that fails is made again one minute later, and two minutes after that, under one request id', async () => {
    const queue = aQueue([FAILED, { kind: 'timeout', errorMessage: 'Task timed out' }, DONE]);

    await queue.invokeAsync(ARN, EVENT);

    const [first = NaN, second = NaN, third = NaN] = queue.attempts.map(({ at }) => at);
    expect(queue.attempts).toHaveLength(3);
    expect(second - first).toBeGreaterThanOrEqual(MINUTE);
    expect(third - second).toBeGreaterThanOrEqual(2 * MINUTE);
    expect(new Set(queue.attempts.map(({ requestId }) => requestId)).size).toBe(1);
    expect(queue.messages).toEqual([]);
  });

  test('that fails for good is recorded at the queue', async () => {
    const queue = aQueue([FAILED]);

    await queue.invokeAsync(ARN, EVENT);

    expect(queue.messages).toEqual([
      {
        queueArn: QUEUE_ARN,
        body: {
          version: '1.0',
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          requestContext: {
            requestId: queue.attempts[0]?.requestId,
            functionArn: `${ARN}:$LATEST`,
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          },
          requestPayload: EVENT,
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { errorType: 'TableGone', errorMessage: 'no table' },
        },
      },
    ]);
  });

  test.each([0, 1])('is retried %i times where the configuration says so', async (maxRetries) => {
    const queue = aQueue([FAILED], { maxRetries });

    await queue.invokeAsync(ARN, EVENT);

    expect(queue.attempts).toHaveLength(maxRetries + 1);
    expect(queue.messages).toMatchObject([
      { body: { requestContext: { approximateInvokeCount: maxRetries + 1 } } },
    ]);
  });

  test('is not retried when it is too old by then', async () => {
    const queue = aQueue([FAILED], { maxAgeSeconds: 60 });

    await queue.invokeAsync(ARN, EVENT);

    expect(queue.attempts).toHaveLength(1);
    expect(queue.messages).toMatchObject([
      {
        body: {
          requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 1 },
          responsePayload: { errorType: 'TableGone' },
        },
      },
    ]);
  });

  test('is retried as soon as the clock is set forward', async () => {
    const queue = aQueue([FAILED, DONE], { rate: 1 });
    const ended = queue.invokeAsync(ARN, EVENT);
    await eventually(() => queue.attempts.length === 1);

    queue.clock.adjust({ offsetMs: MINUTE });

    await ended;
    expect(queue.attempts).toHaveLength(2);
  });

  test('is settled when it has ended, its retries included', async () => {
    const queue = aQueue([FAILED, DONE], { rate: 1 });
    let settled = false;
    void queue.invokeAsync(ARN, EVENT);
    const settling = queue.settled().then(() => {
      settled = true;
    });
    await eventually(() => queue.attempts.length === 1);
    await sleep(50);
    const settledEarly = settled;

    queue.clock.adjust({ offsetMs: MINUTE });
    await settling;

    expect(settledEarly).toBe(false);
    expect(queue.attempts).toHaveLength(2);
  });

  test('leaves nothing to settle when there is none', async () => {
    await expect(aQueue([DONE]).settled()).resolves.toBeUndefined();
  });
});

describe.concurrent('when the system stops', () => {
  test('an invocation that waits for its retry ends at once, and is retried after the next start', async () => {
    const first = aQueue([FAILED], { rate: 1 });
    const ended = first.invokeAsync(ARN, EVENT);
    await eventually(() => first.attempts.length === 1);
    await sleep(20);
    const started = performance.now();

    await first.close();
    await ended;
    const closedAfter = performance.now() - started;
    const second = aQueue([DONE], { folder: first.folder });
    second.resume();
    await second.settled();

    expect(closedAfter).toBeLessThan(2_000);
    expect(first.messages).toEqual([]);
    expect(second.attempts).toMatchObject([{ event: EVENT, requestId: first.attempts[0]?.requestId }]);
  });

  test('an invocation under way that then fails is not recorded, and made again after the next start', async () => {
    const answer = Promise.withResolvers<Invocation>();
    const first = aQueue([answer.promise], { maxRetries: 0 });
    void first.invokeAsync(ARN, EVENT);
    await eventually(() => first.attempts.length === 1);

    const closed = first.close();
    answer.resolve(FAILED);
    await closed;
    const second = aQueue([DONE], { folder: first.folder });
    second.resume();
    await second.settled();

    expect(first.messages).toEqual([]);
    expect(second.attempts).toHaveLength(1);
  });

  test('one that has ended is not made again', async () => {
    const first = aQueue([FAILED, DONE]);
    await first.invokeAsync(ARN, EVENT);
    await first.close();

    const second = aQueue([DONE], { folder: first.folder });
    second.resume();
    await second.settled();

    expect(second.attempts).toEqual([]);
  });

  test('one that has grown too old meanwhile is recorded without an answer', async () => {
    const first = aQueue([FAILED], { rate: 1 });
    await first.close();
    void first.invokeAsync(ARN, EVENT);

    const second = aQueue([DONE], { folder: first.folder });
    second.clock.adjust({ offsetMs: 7 * 60 * MINUTE });
    second.resume();
    await second.settled();

    expect(second.attempts).toEqual([]);
    expect(second.messages).toMatchObject([
      { body: { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } } },
    ]);
    expect(second.messages[0]?.body).not.toHaveProperty('responseContext');
  });
});
