/** The headers that a program's mail has besides those that SES writes. */
import type { MailRef } from '../messages/mail-tags.ts';

/**
 * Without them, out-of-office replies come back to the sender (RFC 3834). Exchange's `All` would also suppress the reports that
 * a mail did not arrive. By the last header, programs tell a resend from the first mail.
 */
export const mailHeaders = (mail: MailRef, language: string): Readonly<Record<string, string>> => ({
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'OOF, AutoReply',
  'Content-Language': language,
  'X-Entity-Ref-ID': `${mail.challengeId}-${'notice' in mail ? mail.notice : mail.delivery}`,
});
