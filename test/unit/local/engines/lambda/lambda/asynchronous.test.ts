import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { aFunction, aLambda } from '../a-lambda.ts';

const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:DeadLetters';

const FAILING = aFunction(`export const handler = async (event, { awsRequestId }) => {
  console.log('ran', awsRequestId);
  throw Object.assign(new Error('no table'), { name: 'TableGone' }); };`);

const aRecordingLambda = () => {
  const records: JsonObject[] = [];
  const lambda = aLambda([FAILING], {
    eventInvokeConfigs: [
      { functionName: FAILING.name, maxRetries: 1, maxAgeSeconds: 21_600, onFailure: QUEUE_ARN },
    ],
    sendMessage: (_, body) => records.push(JSON.parse(body)),
  });
  lambda.clock.adjust({ rate: 3_600 });
  return { ...lambda, records };
};

test('an Event of the Invoke API is retried and recorded, and the function sees one request id', async () => {
  await using lambda = aRecordingLambda();

  const { status } = await lambda.invokeApi({
    functionNameOrArn: FAILING.arn,
    invocationType: 'Event',
    payload: Buffer.from('{"a":1}'),
    requestId: 'request-1',
  });
  await lambda.settled();

  const log = await lambda.logWith('greet', 'ran ');
  const requestIds = [...log.matchAll(/ran (\S+)/g)].map(([, requestId]) => requestId);
  expect(status).toBe(202);
  expect(requestIds).toEqual(['request-1', 'request-1']);
  expect(lambda.records).toMatchObject([
    {
      requestContext: { requestId: 'request-1', approximateInvokeCount: 2 },
      requestPayload: { a: 1 },
      responsePayload: { errorType: 'TableGone', errorMessage: 'no table' },
    },
  ]);
});

test('closing ends an asynchronous invocation under way, and records nothing', async () => {
  const endless = aFunction(
    `export const handler = () => { console.log('ran'); return new Promise(() => setInterval(() => {}, 1e6)); };`,
  );
  const records: string[] = [];
  const lambda = aLambda([endless], {
    eventInvokeConfigs: [
      { functionName: endless.arn, maxRetries: 0, maxAgeSeconds: 21_600, onFailure: QUEUE_ARN },
    ],
    sendMessage: (_, body) => records.push(body),
  });
  const ended = lambda.invokeAsync(endless.arn, {});
  await lambda.logWith('greet', 'ran');
  const started = performance.now();

  await lambda.close();
  await ended;

  expect(performance.now() - started).toBeLessThan(2_000);
  expect(records).toEqual([]);
});

test('a configuration of a function that is not there is refused at the start', () => {
  const config = { functionName: 'nobody', maxRetries: 0, maxAgeSeconds: 60 };

  expect(() => aLambda([FAILING], { eventInvokeConfigs: [config] })).toThrow('Function not found: nobody');
});
