import { expect, test } from 'vitest';
import { createSendRoute } from '../../../../../local/engines/ses/routes.ts';

const ask = (method: string, path: string, body = '') =>
  createSendRoute({ sendEmail: (input, sessionToken) => ({ got: input, sessionToken }) })({
    method,
    path,
    headers: { 'x-amz-security-token': 'token' },
    body: Buffer.from(body),
    requestId: 'request-1',
  });

test('takes mails where the SDK posts them, and passes on whose they are', async () => {
  const reply = await ask('POST', '/v2/email/outbound-emails', '{"FromEmailAddress":"a"}');

  expect(reply).toMatchObject({
    status: 200,
    body: '{"got":{"FromEmailAddress":"a"},"sessionToken":"token"}',
  });
});

test.each([
  ['GET', '/v2/email/outbound-emails'],
  ['POST', '/v2/email/suppression/addresses'],
  ['GET', '/'],
])('leaves %s %s to others', async (method, path) => {
  expect(await ask(method, path)).toBeUndefined();
});
