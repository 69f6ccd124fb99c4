/** What a phone shows of a mail that has arrived, and what the checks say of it. */
import { WRITTEN_CHECKS } from './checklist.ts';
import type { JudgedMail } from './judged-mail.ts';
import { type MailNotification, notificationOf } from './notification.ts';

export interface Verdict {
  readonly number: number;
  /** What holds if there are no problems. */
  readonly says: string;
  readonly problems: readonly string[];
}

export interface MailJudgement {
  readonly notification: MailNotification;
  readonly verdicts: readonly Verdict[];
}

export const judgeMail = (mail: JudgedMail): MailJudgement => ({
  notification: notificationOf(mail),
  verdicts: WRITTEN_CHECKS.map(({ number, says, find }) => ({ number, says, problems: find(mail) })),
});
