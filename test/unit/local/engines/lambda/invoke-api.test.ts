import { expect, test } from 'vitest';
import { aFunction, aLambda } from './a-lambda.ts';

const FUNCTION = aFunction(`export const handler = async (event) => {
  console.log('ran', JSON.stringify(event));
  if (event.fail) throw Object.assign(new Error('no'), { name: 'Refused' });
  return { event }; };`);

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

test.each([FUNCTION.name, FUNCTION.arn, `${FUNCTION.arn}:$LATEST`])(
  'answers an invocation of %s',
  async (id) => {
    await using lambda = aLambda([FUNCTION]);

    const response = await lambda.invokeApi(id, 'RequestResponse', json({ a: 1 }));

    expect(response).toMatchObject({ status: 200, body: '{"event":{"a":1}}' });
    expect(response.headers).not.toHaveProperty('x-amz-function-error');
  },
);

test('gives the handler an empty event when there is no payload', async () => {
  await using lambda = aLambda([FUNCTION]);

  const response = await lambda.invokeApi(FUNCTION.name, undefined, Buffer.alloc(0));

  expect(response.body).toBe('{"event":{}}');
});

test('reports a function error in a header and the body', async () => {
  await using lambda = aLambda([FUNCTION]);

  const response = await lambda.invokeApi(FUNCTION.name, undefined, json({ fail: true }));

  expect(response).toMatchObject({
    status: 200,
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: '{"errorType":"Refused","errorMessage":"no"}',
  });
});

test('accepts an event at once and runs it', async () => {
  await using lambda = aLambda([FUNCTION]);

  const response = await lambda.invokeApi(FUNCTION.name, 'Event', json({ later: true }));

  expect(response).toMatchObject({ status: 202, body: '' });
  await lambda.logWith('greet', 'ran {"later":true}');
});

test.each([
  ['an unknown function', 'nobody', '{}', 404, 'ResourceNotFoundException'],
  ['a payload that is no JSON', 'greet', '{', 400, 'InvalidRequestContentException'],
  ['a payload over 6 MB', 'greet', `"${'x'.repeat(6_300_000)}"`, 413, 'RequestTooLargeException'],
])('refuses %s', async (_, name, payload, status, code) => {
  await using lambda = aLambda([FUNCTION]);

  const response = await lambda.invokeApi(name, undefined, Buffer.from(payload));

  expect(response).toMatchObject({ status, headers: { 'x-amzn-errortype': code } });
});
