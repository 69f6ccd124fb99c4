import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { describe, expect, test, vi } from 'vitest';
import { withBoundary } from '../../../../shared/lambda/boundary.ts';
import { ReportedError } from '../../../../shared/lambda/reported-error.ts';

const SECRET = 'alice@example.com';
const EVENT = { email: SECRET, code: '004217' };
const CONTEXT = {
  functionName: 'verify',
  awsRequestId: 'request-1',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:verify',
  functionVersion: '$LATEST',
} as Context;

/** Runs a function with this boundary. Returns its log, line by line, and how it ended. */
const invoke = async (
  run: Parameters<typeof withBoundary>[1],
  times = 1,
  idsIn?: Parameters<typeof withBoundary>[2],
) => {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
  }
  const handler = withBoundary('verify-auth-challenge', run, idsIn);
  const endings: unknown[] = [];
  for (let n = 0; n < times; n += 1) {
    endings.push(
      await handler(EVENT, { ...CONTEXT, awsRequestId: `request-${n + 1}` }).catch((error) => error),
    );
  }
  vi.restoreAllMocks();
  const text = written.join('');
  const logged = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  return { text, logged, endings };
};

const failing = (error: unknown) => async () => {
  throw error;
};

describe('an invocation that ends well', () => {
  const run = async () => ({
    result: { answerCorrect: true },
    report: { outcome: 'verified', challengeId: 'challenge-id', messageId: undefined },
  });

  test('is answered with the rule’s result', async () => {
    const { endings } = await invoke(run);

    expect(endings).toEqual([{ answerCorrect: true }]);
  });

  test('is one line in the log: the report, the function and the request', async () => {
    const { logged } = await invoke(run);

    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({
      level: 'INFO',
      message: 'finished',
      service: 'verify-auth-challenge',
      outcome: 'verified',
      challengeId: 'challenge-id',
      function_request_id: 'request-1',
    });
  });

  test('says nothing of the event', async () => {
    const { text } = await invoke(run);

    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(EVENT.code);
  });

  test('leaves nothing for the line of the next one', async () => {
    let count = 0;
    const { logged } = await invoke(async () => {
      count += 1;
      return { result: {}, report: count === 1 ? { outcome: 'first', delivery: 1 } : { outcome: 'second' } };
    }, 2);

    expect(logged.map(({ function_request_id }) => function_request_id)).toEqual(['request-1', 'request-2']);
    expect(logged[1]).not.toHaveProperty('delivery');
  });
});

describe('an unexpected failure', () => {
  test('keeps its name and loses its text on the way to the caller', async () => {
    const { endings } = await invoke(failing(new TypeError(`${SECRET} is odd`)));

    expect(endings[0]).toMatchObject({
      name: 'TypeError',
      message: 'Something went wrong on our side. Please try again.',
    });
    expect(String((endings[0] as Error).stack)).not.toContain(SECRET);
    expect((endings[0] as Error).cause).toBeUndefined();
  });

  test('is one line in the log, with its name, where it happened and AWS’s request', async () => {
    const error = new ConditionalCheckFailedException({
      message: `the item of ${SECRET}`,
      $metadata: { requestId: 'aws-1' },
    });

    const { logged } = await invoke(failing(error));

    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({
      level: 'ERROR',
      message: 'failed',
      errorName: 'ConditionalCheckFailedException',
      awsRequestId: 'aws-1',
      function_request_id: 'request-1',
    });
    expect(logged[0].stack.some((line: string) => line.includes('boundary.test.ts'))).toBe(true);
  });

  test.each([
    ['its text', new Error(`${SECRET} is odd`)],
    ['its text of several lines', new Error(`odd:\n${SECRET}\n    at ${SECRET} (mail:1:2)\nat ${SECRET}`)],
    ['the text of its cause', new Error('odd', { cause: new Error(SECRET) })],
    ['its further fields', Object.assign(new Error('odd'), { item: { email: SECRET } })],
    ['its text, when it was changed later', Object.assign(new Error(SECRET), { message: 'odd' })],
    ['a text that was thrown', SECRET],
    ['an object that was thrown', { message: SECRET }],
  ])('does not log %s', async (_, error) => {
    const { text, logged, endings } = await invoke(failing(error));

    expect(logged).toHaveLength(1);
    expect(text).not.toContain(SECRET);
    expect(String(endings[0])).not.toContain(SECRET);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an error that is its own cause', selfCaused()],
    ['an error without a stack', Object.assign(new Error('odd'), { stack: undefined })],
    ['an error whose metadata are null', Object.assign(new Error('odd'), { $metadata: null })],
  ])('is reported as usual when it is %s', async (_, error) => {
    const { logged, endings } = await invoke(failing(error));

    expect(logged).toHaveLength(1);
    expect(endings[0]).toBeInstanceOf(ReportedError);
    expect(endings[0]).toMatchObject({ name: 'Error' });
  });
});

test.each([
  ['a reset', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
  ['a refusal on every address', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })],
])('a lost connection (%s) has a name that the workflow retries', async (_, error) => {
  const { endings } = await invoke(failing(error));

  expect(endings[0]).toMatchObject({ name: 'NetworkError' });
});

describe('a failure that was written for its reader', () => {
  const error = new ReportedError('EmailRejected', 'MessageRejected', { cause: new Error(SECRET) });

  test('passes with its name and text, and without its cause, which the runtime would print', async () => {
    const { endings } = await invoke(failing(error));

    expect(endings[0]).toMatchObject({ name: error.name, message: error.message });
    expect((endings[0] as Error).cause).toBeUndefined();
  });

  test('is logged with its reason, and its cause without text', async () => {
    const { logged, text } = await invoke(failing(error));

    expect(logged[0]).toMatchObject({
      errorName: 'EmailRejected',
      reason: 'MessageRejected',
      cause: { errorName: 'Error' },
    });
    expect(text).not.toContain(SECRET);
  });

  test('is named by a literal, which minifying the class does not change', () => {
    const Renamed = class extends ReportedError {};

    const renamed = new Renamed('LeaseHeld', 'Another execution is sending');

    expect(renamed.name).toBe('LeaseHeld');
    expect(Object.hasOwn(renamed, 'name')).toBe(true);
  });
});

function selfCaused(): Error {
  const error = new Error('odd');
  error.cause = error;
  return error;
}

describe('what an event is about', () => {
  const idsIn = () => ({
    userId: '0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11',
    delivery: 2,
    execution: 'arn:aws:states:us-east-1:1:express:x:y',
  });

  test.each<[string, Parameters<typeof withBoundary>[1]]>([
    ['ends well', async () => ({ result: {}, report: { outcome: 'sent' } })],
    ['fails', failing(new ReportedError('OtherAddress', 'The challenge was made for another address'))],
  ])('is in the line of an invocation that %s', async (_, run) => {
    const { logged } = await invoke(run, 1, idsIn);

    expect(logged[0]).toMatchObject(idsIn());
  });

  test.each<[string, () => Readonly<Record<string, unknown>>]>([
    ['is an address', () => ({ userId: SECRET })],
    ['is a domain', () => ({ userId: 'alice-at-mail.example.com' })],
    ['is an object', () => ({ userId: { email: SECRET } })],
    ['is a code', () => ({ userId: EVENT.code })],
    ['is a code as a number', () => ({ userId: 481_206 })],
    ['is a code below zero', () => ({ userId: -481_206 })],
    ['is a code behind a point', () => ({ userId: 0.481206 })],
    ['is no id', () => ({ userId: 'alice' })],
    [
      'cannot be read',
      () => {
        throw new TypeError(SECRET);
      },
    ],
  ])('is left out where it %s', async (_, strange) => {
    const { logged, text } = await invoke(failing(new Error('down')), 1, strange);

    expect(logged[0]).not.toHaveProperty('userId');
    expect(text).not.toContain('example.com');
  });
});
