import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEndpoint, type Endpoint } from '../../../../local/ground/endpoint.ts';

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await createEndpoint(0);
  endpoint.mount({ json: {}, raw: {}, routes: [] });
});
afterAll(() => endpoint.close());

const call = async (service: string, path: string, contentType: string) => {
  const authorization = `AWS4-HMAC-SHA256 Credential=LOCAL-claims/20260101/eu-west-1/${service}/aws4_request, Signature=x`;
  const reply = await fetch(`${endpoint.url}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': contentType },
    body: 'Action=Publish',
  });
  return { status: reply.status, type: reply.headers.get('content-type'), body: await reply.text() };
};

test('S3 says in its XML that it is not here', async () => {
  const reply = await call('s3', '/uploads/key', 'text/plain');

  expect(reply).toMatchObject({ status: 501, type: 'text/xml' });
  expect(reply.body).toMatch(/<Error><Code>\w+<\/Code><Message>The local system has no s3; it has Cognito/);
});

test('so does a service of the Query protocol', async () => {
  const reply = await call('sns', '/', 'application/x-www-form-urlencoded; charset=utf-8');

  expect(reply.status).toBe(400);
  expect(reply.body).toMatch(
    /<ErrorResponse><Error><Type>Sender<\/Type><Code>\w+<\/Code><Message>.* no sns;/,
  );
});

test('another says so in JSON', async () => {
  const reply = await call('execute-api', '/prod/orders', 'application/json');

  expect(reply.status).toBe(404);
  expect(JSON.parse(reply.body).message).toMatch(
    /POST \/prod\/orders: the local system has no such operation of execute-api/,
  );
});
