/** What a phone shows of a mail that has arrived. */
import { previewOf } from './html-checks.ts';
import type { JudgedMail } from './judged-mail.ts';

export interface MailNotification {
  readonly sender: string;
  readonly subject: string;
  readonly preview: string;
}

const ENCODED_WORD = /=\?UTF-8\?B\?([\w+/=]*)\?=(?:\s+(?==\?))?/gi;

/** The name that people see: without quotes, and not encoded (RFC 2047). The address, if there is none. */
const shownSender = (from: string): string => {
  const [, name = from] = /^(.+?)\s*<[^<>]*>$/.exec(from) ?? [];
  const bytes = (base64: string) => Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
  return name
    .replaceAll(ENCODED_WORD, (_, base64: string) => new TextDecoder().decode(bytes(base64)))
    .replace(/^"(.*)"$/, '$1');
};

/** What fills up the preview is nothing that anybody sees. */
const FILLER = /[\u034f\u200c\u00a0]+/g;

export const notificationOf = ({ from, subject, html }: JudgedMail): MailNotification => ({
  sender: shownSender(from),
  subject,
  preview: previewOf(html).replaceAll(FILLER, ' ').trim(),
});
