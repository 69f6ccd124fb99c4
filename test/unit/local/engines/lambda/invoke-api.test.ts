import { expect, test } from 'vitest';
import type { InvokeRequest } from '../../../../../local/engines/lambda/invoke-api.ts';
import { aFunction, aLambda } from './a-lambda.ts';

const FUNCTION = aFunction(`export const handler = async (event, context) => {
  console.log('ran', JSON.stringify(event), 'as', context.awsRequestId);
  if (event.fail) throw Object.assign(new Error('no'), { name: 'Refused' });
  return { event }; };`);

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

const aRequest = (changes: Partial<InvokeRequest> = {}): InvokeRequest => ({
  functionNameOrArn: FUNCTION.name,
  payload: Buffer.alloc(0),
  requestId: 'request-1',
  ...changes,
});

test.each([FUNCTION.name, FUNCTION.arn, `${FUNCTION.arn}:$LATEST`])(
  'answers an invocation of %s',
  async (id) => {
    await using lambda = aLambda([FUNCTION]);

    const response = await lambda.invokeApi(aRequest({ functionNameOrArn: id, payload: json({ a: 1 }) }));

    expect(response).toMatchObject({ status: 200, body: '{"event":{"a":1}}' });
    expect(response.headers).not.toHaveProperty('x-amz-function-error');
  },
);

test('gives the handler an empty event when there is no payload', async () => {
  await using lambda = aLambda([FUNCTION]);

  const response = await lambda.invokeApi(aRequest());

  expect(response.body).toBe('{"event":{}}');
});

test('reports a function error in a header and the body', async () => {
  await using lambda = aLambda([FUNCTION]);

  const response = await lambda.invokeApi(aRequest({ payload: json({ fail: true }) }));

  expect(response).toMatchObject({
    status: 200,
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: '{"errorType":"Refused","errorMessage":"no"}',
  });
});

test('accepts an event at once and runs it', async () => {
  await using lambda = aLambda([FUNCTION]);

  const response = await lambda.invokeApi(
    aRequest({ invocationType: 'Event', payload: json({ later: true }) }),
  );

  expect(response).toMatchObject({ status: 202, body: '' });
  await lambda.logWith('greet', 'ran {"later":true}');
});

test.each([
  ['an unknown function', 'nobody', '{}', 404, 'ResourceNotFoundException'],
  ['a payload that is no JSON', 'greet', '{', 400, 'InvalidRequestContentException'],
  ['a payload over 6 MB', 'greet', `"${'x'.repeat(6_300_000)}"`, 413, 'RequestTooLargeException'],
])('refuses %s', async (_, name, payload, status, code) => {
  await using lambda = aLambda([FUNCTION]);

  const response = await lambda.invokeApi(
    aRequest({ functionNameOrArn: name, payload: Buffer.from(payload) }),
  );

  expect(response).toMatchObject({ status, headers: { 'x-amzn-errortype': code } });
});

test.each(['RequestResponse', 'Event'])('runs a %s under the id of the request', async (invocationType) => {
  await using lambda = aLambda([FUNCTION]);

  await lambda.invokeApi(aRequest({ invocationType, requestId: 'request-7' }));

  await lambda.logWith('greet', 'ran {} as request-7');
});
