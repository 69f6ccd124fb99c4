/** Composes mails as the running app's function would, for the page that shows all of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChallengeId, DeliveryRef } from '../../shared/domain/challenge.ts';
import type { Code } from '../../shared/domain/code.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../shared/domain/notices/notice.ts';
import { composeCodeMail, composeNotice, type Mail } from '../../shared/mail/compose-mail.ts';
import { mailHeaders } from '../../shared/mail/mail-headers.ts';
import { type Brand, MAIL_SETTINGS_FILE, type MailSettings } from '../../shared/mail/mail-settings.ts';
import type { LocalQueries } from '../api/types.ts';
import { functionsOf } from '../engines/lambda/local-function.ts';
import { AwsError } from '../ground/service.ts';
import type { Template } from '../ground/template.ts';

/** A mail with all that the person's mail program gets of it. */
export interface MailPreview extends Mail {
  /** As SES takes it: an address, or a name and an address in `<>`. */
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for a notice. */
  readonly code?: string;
  readonly brand?: Brand;
}

/** What mails an app sends. */
export interface MailChoices {
  /** BCP 47. */
  readonly languages: readonly string[];
  readonly defaultLocale: string;
  readonly notices: readonly NoticeKind[];
}

/** What an `EmailOtp` composes its mails from. */
export interface AppMail {
  readonly settings: MailSettings;
  readonly sender: string;
}

/** Undefined for an app of an earlier release, whose function has its texts in its code. */
export const appMailOf = (template: Template): AppMail | undefined => {
  for (const { codeFolder, environment } of functionsOf(template)) {
    const file = join(codeFolder, MAIL_SETTINGS_FILE);
    if (environment.EMAIL_SENDER !== undefined && existsSync(file)) {
      return { settings: JSON.parse(readFileSync(file, 'utf8')), sender: environment.EMAIL_SENDER };
    }
  }
  return undefined;
};

/** A preview is of no challenge, and always of the same time. */
const DELIVERY: DeliveryRef = {
  userId: '00000000-0000-4000-8000-000000000000',
  challengeId: '01957b3c-0000-7000-8000-000000000000' as ChallengeId,
  delivery: 1,
};
const AT = Date.UTC(2026, 2, 2, 10, 15, 7);
const LOCK_MS = 900_000;
const CODES: Readonly<Record<string, string>> = { '6': '004217', '8': '00421700', '10': '0042170042' };
const REPORT_URL = 'https://report.example.com/';

export const mailChoices = ({ settings: { texts, defaultLocale } }: AppMail): MailChoices => ({
  languages: Object.keys(texts),
  defaultLocale,
  notices: NOTICE_KINDS.filter((kind) => texts[defaultLocale]?.[kind] !== undefined),
});

/** Throws ValidationException. */
export const previewMail = (
  { settings, sender }: AppMail,
  { language = settings.defaultLocale, kind = 'code', digits = '6', link }: LocalQueries['mail-preview.json'],
): MailPreview => {
  const { brand } = settings;
  const code = CODES[digits];
  if (code === undefined)
    throw new AwsError('ValidationException', `digits: ${Object.keys(CODES).join(', ')}`);
  const notice = NOTICE_KINDS.find((known) => known === kind);
  if (notice !== undefined && settings.texts[settings.defaultLocale]?.[notice] === undefined) {
    throw new AwsError('ValidationException', `kind: this app sends no notices of ${kind}`);
  }
  const reader = { locale: language, at: AT };
  const mail =
    notice === undefined
      ? composeCodeMail(settings, {
          ...reader,
          code: code as Code,
          minutesLeft: 5,
          ...(link === 'on' && { reportUrl: REPORT_URL }),
        })
      : composeNotice(settings, { ...reader, kind: notice, until: AT + LOCK_MS });
  return {
    ...mail,
    from: sender,
    replyTo: brand?.replyTo === undefined ? [] : [brand.replyTo],
    headers: mailHeaders(DELIVERY, mail.language),
    ...(notice === undefined && { code }),
    ...(brand !== undefined && { brand }),
  };
};
