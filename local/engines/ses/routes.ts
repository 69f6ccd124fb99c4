/** SES's REST operation, and the inbox to read what it accepted. */
import { parseJson, type Route } from '../../ground/endpoint.ts';
import type { Inbox } from './inbox.ts';
import type { Ses } from './send-email.ts';

/** The console's page for it. */
export const INBOX_PATH = '/inbox';

/** A mail's HTML is not ours: it may bring its own styles, and load or run nothing. */
const MAIL_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

const html = (body: string) => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': MAIL_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  },
  body,
});

export const createSesRoutes = (ses: Ses, inbox: Inbox): readonly Route[] => [
  async ({ method, path, headers, body }) =>
    method === 'POST' && path === '/v2/email/outbound-emails'
      ? {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(await ses.sendEmail(parseJson(body), headers['x-amz-security-token'])),
        }
      : undefined,

  ({ method, path }) =>
    method === 'GET' && path === '/_local/inbox.json'
      ? { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(inbox.all()) }
      : undefined,

  ({ method, path }) => {
    const [, id] = /^\/_local\/inbox\/([\w-]+)\.html$/.exec(path) ?? [];
    const mail = method === 'GET' && id !== undefined ? inbox.get(id) : undefined;
    return mail && html(mail.html);
  },
];
