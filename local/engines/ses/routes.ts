/** Serves SES's REST operation SendEmail. */
import { parseJson, type Route } from '../../ground/endpoint.ts';
import type { Ses } from './send-email.ts';

/** The path of the console's inbox page. */
export const INBOX_PATH = '/inbox';

export const createSendRoute =
  (ses: Ses): Route =>
  async ({ method, path, headers, body }) =>
    method === 'POST' && path === '/v2/email/outbound-emails'
      ? {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(await ses.sendEmail(parseJson(body), headers['x-amz-security-token'])),
        }
      : undefined;
