import { expect, test } from 'vitest';
import { createAnswers } from '../../../../../local/engines/cloudformation/answers.ts';

const URL_OF_SYSTEM = 'http://127.0.0.1:4566';

const send = async (answers: ReturnType<typeof createAnswers>, url: string, body: unknown, method = 'PUT') =>
  await answers.route({
    method,
    path: url.slice(URL_OF_SYSTEM.length),
    headers: {},
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    requestId: 'r',
  });

const DONE = { Status: 'SUCCESS', PhysicalResourceId: 'pool' };

test('an answer is taken at the URL that was given out, once', async () => {
  const answers = createAnswers(URL_OF_SYSTEM);
  const { url, take } = answers.expect();

  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:4566\/_local\/cloudformation\/[\w-]{36}$/);
  expect(await send(answers, url, DONE)).toMatchObject({ status: 200 });
  expect(take()).toEqual({ status: 'SUCCESS', reason: '', physicalId: 'pool' });
  expect(take()).toBeUndefined();
  expect(await send(answers, url, DONE)).toMatchObject({ status: 404 });
});

test('a failure comes with its reason', async () => {
  const answers = createAnswers(URL_OF_SYSTEM);
  const { url, take } = answers.expect();

  await send(answers, url, { ...DONE, Status: 'FAILED', Reason: 'MFA is ON' });

  expect(take()).toEqual({ status: 'FAILED', reason: 'MFA is ON', physicalId: 'pool' });
});

test.each([
  ['no JSON', 'done'],
  ['no status', { PhysicalResourceId: 'pool' }],
  ['another status', { ...DONE, Status: 'DONE' }],
  ['no physical id', { Status: 'SUCCESS' }],
])('what has %s is refused', async (_, body) => {
  const answers = createAnswers(URL_OF_SYSTEM);
  const { url, take } = answers.expect();

  expect(await send(answers, url, body)).toMatchObject({ status: 400 });
  expect(take()).toBeUndefined();
});

test('nobody else’s requests are answered', async () => {
  const answers = createAnswers(URL_OF_SYSTEM);
  const { url } = answers.expect();

  expect(await send(answers, url, DONE, 'GET')).toBeUndefined();
  expect(await send(answers, `${URL_OF_SYSTEM}/_local/ready.json`, DONE)).toBeUndefined();
  expect(await send(answers, `${URL_OF_SYSTEM}/_local/cloudformation/other`, DONE)).toMatchObject({
    status: 404,
  });
});
