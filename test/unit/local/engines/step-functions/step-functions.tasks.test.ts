import { expect, test } from 'vitest';
import { AwsError, type JsonObject } from '../../../../../local/ground/service.ts';
import { aSystem, calling, FUNCTION_ARN, returned } from './step-functions-system.ts';

const named = (name: string, message = 'no') => Object.assign(new Error(message), { name });

test('invokes a function by the optimized integration, with the shape of its answer', async () => {
  const system = aSystem(
    calling({
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: {
        FunctionName: FUNCTION_ARN,
        Payload: { 'to.$': '$.to', fixed: [1, { 'again.$': '$.to' }] },
      },
    }),
    { answer: () => returned({ id: 7 }) },
  );

  const execution = await system.run({ to: 'ada' });

  expect(system.events).toEqual([{ to: 'ada', fixed: [1, { again: 'ada' }] }]);
  expect(execution.output).toMatchObject({ ExecutedVersion: '$LATEST', Payload: { id: 7 }, StatusCode: 200 });
});

test('invokes a function by its own ARN with the input alone', async () => {
  const system = aSystem(calling({}), { answer: () => returned('plain') });

  const execution = await system.run({ to: 'ada' });

  expect(system.events).toEqual([{ to: 'ada' }]);
  expect(execution.output).toBe('plain');
});

test.each([
  ['arn:aws:states:::dynamodb:updateItem', ['dynamodb', 'UpdateItem']],
  ['arn:aws:states:::aws-sdk:sesv2:sendEmail', ['sesv2', 'SendEmail']],
])('%s calls the service with the resolved parameters as they are', async (Resource, called) => {
  const calls: unknown[] = [];
  const system = aSystem(
    calling({
      Resource,
      Parameters: {
        Key: { pk: { 'S.$': "States.Format('USER#{}', $.user)" } },
        ExpressionAttributeNames: { '#sent.$': "States.Format('{}#SENT', $.delivery)" },
        Unknown: [true, 1.5],
      },
      ResultPath: null,
    }),
    { callService: async (...call) => ({ length: calls.push(call) }) },
  );

  const execution = await system.run({ user: 'u1', delivery: 2 });

  const parameters = {
    Key: { pk: { S: 'USER#u1' } },
    ExpressionAttributeNames: { '#sent': '2#SENT' },
    Unknown: [true, 1.5],
  };
  expect(calls).toEqual([[...called, parameters]]);
  expect(execution.output).toEqual({ user: 'u1', delivery: 2 });
});

test.each([
  ['dynamodb:updateItem', 'ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'],
  ['dynamodb:putItem', 'InternalServerError', 'DynamoDB.InternalServerErrorException'],
  ['dynamodb:getItem', 'TypeError', 'DynamoDB.SdkClientException'],
  ['aws-sdk:dynamodb:query', 'ResourceNotFoundException', 'DynamoDb.ResourceNotFoundException'],
  ['aws-sdk:sesv2:sendEmail', 'MessageRejected', 'SesV2.MessageRejectedException'],
])('%s names %s as a workflow knows it', async (resource, thrown, error) => {
  const system = aSystem(calling({ Resource: `arn:aws:states:::${resource}`, Parameters: {} }), {
    callService: () => Promise.reject(named(thrown, 'why')),
  });

  expect(await system.run()).toMatchObject({ status: 'FAILED', error, cause: 'why' });
});

test.each([
  [new AwsError('TooManyRequestsException', 'busy', 429), 'Lambda.TooManyRequestsException'],
  [new TypeError('unreachable'), 'Lambda.SdkClientException'],
])('names an invocation that Lambda itself refused: %s', async (thrown, error) => {
  const system = aSystem(calling({}), { invoke: () => Promise.reject(thrown) });

  expect(await system.run()).toMatchObject({ status: 'FAILED', error });
});

test('turns JSON into text and back without losing a character', async () => {
  const system = aSystem(
    calling({
      Parameters: {
        'text.$': 'States.JsonToString($.failure)',
        'parsed.$': 'States.StringToJson($.failure.Cause)',
      },
    }),
    { answer: returned },
  );
  const failure = { Error: 'A', Cause: JSON.stringify({ message: 'say "no" \\ twice' }) };

  const { output } = await system.run({ failure });

  const { text, parsed } = output as { text: string; parsed: JsonObject };
  expect(JSON.parse(text)).toEqual(failure);
  expect(parsed).toEqual({ message: 'say "no" \\ twice' });
});

test('refuses text made of JSON where the interpreter would damage it', () => {
  const create = () => aSystem(calling({ ResultSelector: { 'text.$': 'States.JsonToString($)' } }));

  expect(create).toThrow(/JsonToString/);
});

test('takes a result path of $ as the default that it is', async () => {
  const system = aSystem(calling({ ResultPath: '$', InputPath: '$', OutputPath: '$' }), {
    answer: () => returned({ id: 7 }),
  });

  expect((await system.run({ to: 'ada' })).output).toEqual({ id: 7 });
});
