import { expect, test } from 'vitest';
import type { InboxMail } from '../../../../../local/engines/ses/inbox.ts';
import { createSesRoutes } from '../../../../../local/engines/ses/routes.ts';
import type { HttpReply, HttpRequest } from '../../../../../local/ground/endpoint.ts';

const aMail = (changes: Partial<InboxMail> = {}): InboxMail => ({
  messageId: 'id-1',
  from: 'otp@example.com',
  to: ['alice@example.com'],
  subject: 'Your sign-in code',
  text: '004217',
  html: '<p>004217</p>',
  tags: {},
  receivedAt: '2025-01-15T12:00:00.000Z',
  ...changes,
});

const ask = async (
  mails: readonly InboxMail[],
  method: string,
  path: string,
  body = '',
): Promise<HttpReply | undefined> => {
  const inbox = {
    accept: () => {},
    all: () => mails,
    get: (id: string) => mails.find(({ messageId }) => messageId === id),
  };
  const request: HttpRequest = { method, path, headers: {}, body: Buffer.from(body) };
  for (const route of createSesRoutes({ sendEmail: (input) => ({ got: input }) }, inbox)) {
    const reply = await route(request);
    if (reply !== undefined) return reply;
  }
  return undefined;
};

test('takes mails where the SDK posts them', async () => {
  const reply = await ask([], 'POST', '/v2/email/outbound-emails', '{"FromEmailAddress":"a"}');

  expect(reply).toMatchObject({ status: 200, body: '{"got":{"FromEmailAddress":"a"}}' });
});

test('lists the mails as JSON', async () => {
  const reply = await ask([aMail()], 'GET', '/_local/inbox.json');

  expect(JSON.parse(String(reply?.body))).toEqual([aMail()]);
});

test('shows one mail as its HTML, and lets it load and run nothing', async () => {
  const reply = await ask([aMail()], 'GET', '/_local/inbox/id-1.html');

  expect(reply).toMatchObject({ status: 200, body: '<p>004217</p>' });
  const policy = reply?.headers?.['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
});

test.each([
  ['GET', '/_local/inbox/id-9.html'],
  ['GET', '/_local/inbox/../state.html'],
  ['GET', '/_local/inbox'],
  ['POST', '/_local/inbox.json'],
  ['GET', '/v2/email/outbound-emails'],
  ['GET', '/'],
])('leaves %s %s to others', async (method, path) => {
  const reply = await ask([aMail()], method, path);

  expect(reply).toBeUndefined();
});
