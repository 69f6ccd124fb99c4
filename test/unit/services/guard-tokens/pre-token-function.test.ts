import 'aws-sdk-client-mock-vitest/extend';
import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ANSWER_MS, createPreTokenFunction } from '../../../../services/guard-tokens/pre-token-function.ts';
import type { TokenEvent } from '../../../../services/guard-tokens/token-event.ts';

const lambda = mockClient(LambdaClient);
afterAll(() => lambda.restore());
beforeEach(() => {
  lambda.reset();
});

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:claims:live';
const EVENT = {
  version: '2',
  triggerSource: 'TokenGeneration_Authentication',
  request: { userAttributes: { sub: 'alice' }, newField: [1, null] },
  response: { claimsAndScopeOverrideDetails: null },
} as unknown as TokenEvent;

const ask = (remainingMs = 3000) => createPreTokenFunction(FUNCTION_ARN)(EVENT, remainingMs);

/** All that a reader of the error could learn. */
const failureOf = async (asked: Promise<unknown>) => {
  const { name, message, cause }: Error = await asked.then(
    () => expect.unreachable('there was a response'),
    (error) => error,
  );
  return { name, message, cause };
};

const bytes = (text: string) => {
  const payload = new TextEncoder().encode(text);
  return Object.assign(payload, { transformToString: () => text }) as never;
};
/** The function returns this text. */
const returns = (text: string) =>
  lambda.on(InvokeCommand).resolves({ StatusCode: 200, Payload: bytes(text) });

test('calls the function once, with the event as it came, and waits for what it returns', async () => {
  const response = { claimsAndScopeOverrideDetails: { idTokenGeneration: {} } };
  returns(JSON.stringify({ ...EVENT, request: 'changed', response }));

  expect(await ask()).toEqual(response);
  expect(lambda).toHaveReceivedCommandTimes(InvokeCommand, 1);
  const { FunctionName, Payload, ...others } = lambda.commandCalls(InvokeCommand)[0]?.args[0].input ?? {};
  expect(FunctionName).toBe(FUNCTION_ARN);
  expect(JSON.parse(String(Payload))).toEqual(EVENT);
  // RequestResponse is what Lambda does without a word.
  expect(others).toEqual({});
});

describe('there is no response', () => {
  test.each(['Unhandled', 'Handled'])(
    'where the function failed (%s), and nothing is repeated of it',
    async (how) => {
      const payload = bytes(JSON.stringify({ response: {}, errorMessage: 'alice@example.com' }));
      lambda.on(InvokeCommand).resolves({ FunctionError: how, Payload: payload });

      expect(await failureOf(ask())).toEqual({
        name: 'PreTokenFunctionFailed',
        message: '',
        cause: undefined,
      });
    },
  );

  test('where Lambda does not let the call in: it is named, and not tried again', async () => {
    const cause = new TooManyRequestsException({ message: 'Rate Exceeded', $metadata: {} });
    lambda.on(InvokeCommand).rejects(cause);

    expect(await failureOf(ask())).toEqual({ name: 'PreTokenFunctionFailed', message: '', cause });
    expect(lambda).toHaveReceivedCommandTimes(InvokeCommand, 1);
  });

  test.each([
    '',
    'null',
    '3',
    '"response"',
    '[]',
    '{}',
    '{"response":null}',
    '{"response":"all"}',
    '{"response":{}',
    '<html>alice@example.com</html>',
  ])('where the function returned %j, which is no event', async (text) => {
    returns(text);

    expect(await failureOf(ask())).toEqual({
      name: 'PreTokenFunctionInvalid',
      message: '',
      cause: undefined,
    });
  });

  test('where it returned nothing at all', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 200 });

    await expect(ask()).rejects.toMatchObject({ name: 'PreTokenFunctionInvalid' });
  });

  test.each([ANSWER_MS, ANSWER_MS - 1, 0, -1])(
    'and no call, where only %i ms are left, which the answer needs',
    async (remainingMs) => {
      await expect(ask(remainingMs)).rejects.toMatchObject({ name: 'PreTokenFunctionTimedOut' });
      expect(lambda.calls()).toEqual([]);
    },
  );
});
