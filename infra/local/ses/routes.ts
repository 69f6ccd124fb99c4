/** SES's REST operation, and the inbox to read what it accepted. */
import { parseJson, type Route } from '../endpoint.ts';
import type { Inbox, InboxMail } from './inbox.ts';
import type { Ses } from './send-email.ts';

export const INBOX_PATH = '/_local/inbox';

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const article = ({ to, subject, text, receivedAt, messageId }: InboxMail): string => `<article>
<h2>${escapeHtml(subject)}</h2>
<p>To ${escapeHtml(to.join(', '))}, <time>${receivedAt}</time> · <a href="${INBOX_PATH}/${messageId}.html">as HTML</a></p>
<pre>${escapeHtml(text)}</pre>
</article>`;

/** Newest first; the page fetches itself again, so a mail shows without a reload by hand. */
const page = (mails: readonly InboxMail[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="2">
<title>Inbox (${mails.length})</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
article { border: 1px solid #8886; border-radius: 8px; padding: 0 1rem; margin: 1rem 0 }
h2 { font-size: 1.1rem } p { opacity: .8 } pre { white-space: pre-wrap; font: inherit }
</style>
<h1>Inbox</h1>
${mails.length === 0 ? '<p>No mail yet. It shows here when a sign-in asks for a code.</p>' : mails.toReversed().map(article).join('\n')}
</html>
`;

const html = (body: string) => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
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

  ({ method, path }) => (method === 'GET' && path === INBOX_PATH ? html(page(inbox.all())) : undefined),

  ({ method, path }) =>
    method === 'GET' && path === `${INBOX_PATH}.json`
      ? { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(inbox.all()) }
      : undefined,

  ({ method, path }) => {
    const [, id] = /^\/_local\/inbox\/([\w-]+)\.html$/.exec(path) ?? [];
    const mail = method === 'GET' && id !== undefined ? inbox.get(id) : undefined;
    return mail && html(mail.html);
  },
];
