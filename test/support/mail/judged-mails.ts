/** Mails with all that SES is given of them, in each language and with each kind of brand, for the checks. */
import type { SESv2Client, SendEmailCommand, SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { withSenderName } from '../../../infra/settings/email-sender.ts';
import type { JudgedMail } from '../../../local/mails/judged-mail.ts';
import { createSendMail } from '../../../services/deliver-code/send-mail.ts';
import type { Code } from '../../../shared/domain/code.ts';
import type { NoticeKind } from '../../../shared/domain/notices/notice.ts';
import { composeCodeMail, composeNotice, type Mail } from '../../../shared/mail/compose-mail.ts';
import type { Brand, MailSettings } from '../../../shared/mail/mail-settings.ts';
import { REF } from '../table/challenges.ts';
import { BRAND, SHIPPED } from './mail-settings.ts';

/** A name that breaks out of whatever does not escape it. */
export const HOSTILE_BRAND: Brand = { ...BRAND, name: 'Müller & Söhne <"\'>' };
const BRANDS: readonly { readonly kind: string; readonly brand?: Brand }[] = [
  { kind: 'no brand' },
  { kind: 'a brand', brand: BRAND },
  { kind: 'a hostile brand', brand: HOSTILE_BRAND },
];
export const TAGS: readonly string[] = Object.keys(SHIPPED.texts);
const CODES = ['004217', '0042170042'] as readonly string[] as readonly Code[];
const NOTICES: readonly NoticeKind[] = ['locked', 'wrongCodes'];
const AT = Date.parse('2026-03-02T10:15:07.890Z');
const TO = 'alice@example.com';
const REPORT_URL = 'https://report.example.com/?u=1&t=2';

const settingsWith = (brand: Brand | undefined): MailSettings =>
  brand === undefined ? SHIPPED : { ...SHIPPED, brand };

/** As a deployment writes it. */
const senderOf = (brand: Brand | undefined): string => withSenderName('otp@example.com', brand?.name);

/** What SES is asked for this mail, by the code that asks it. */
const asSent = async (mail: Mail, brand: Brand | undefined): Promise<SendEmailCommandInput> => {
  const asked: SendEmailCommandInput[] = [];
  const client = {
    send: async ({ input }: SendEmailCommand) => {
      asked.push(input);
      return { MessageId: 'message-1' };
    },
  };
  const sender = { from: senderOf(brand), configurationSet: 'mails', replyTo: brand?.replyTo };
  await createSendMail(client as unknown as SESv2Client, sender)({ ...REF, delivery: 1, email: TO }, mail);
  return asked[0] as SendEmailCommandInput;
};

const judgedMail = async (mail: Mail, brand: Brand | undefined, code?: Code): Promise<JudgedMail> => {
  const { FromEmailAddress, ReplyToAddresses = [], Content } = await asSent(mail, brand);
  const headers = Content?.Simple?.Headers ?? [];
  return {
    ...mail,
    from: FromEmailAddress ?? '',
    replyTo: ReplyToAddresses,
    headers: Object.fromEntries(headers.map(({ Name = '', Value = '' }) => [Name, Value])),
    ...(brand !== undefined && { brand }),
    ...(code !== undefined && { code }),
  };
};

export interface NamedMail {
  readonly name: string;
  readonly mail: JudgedMail;
}

export const judgedCodeMail = (
  locale: string,
  brand: Brand | undefined,
  code: Code = CODES[0] as Code,
): Promise<JudgedMail> => {
  const content = { code, minutesLeft: 5, locale, at: AT, reportUrl: REPORT_URL };
  return judgedMail(composeCodeMail(settingsWith(brand), content), brand, code);
};

const codeMails = (locale: string): readonly Promise<NamedMail>[] =>
  BRANDS.flatMap(({ kind, brand }) =>
    CODES.map(async (code) => ({
      name: `${locale}, ${code.length} digits, ${kind}`,
      mail: await judgedCodeMail(locale, brand, code),
    })),
  );

const notices = (locale: string): readonly Promise<NamedMail>[] =>
  BRANDS.flatMap(({ kind, brand }) =>
    NOTICES.map(async (notice) => {
      const mail = composeNotice(settingsWith(brand), { kind: notice, locale, at: AT, until: AT + 900_000 });
      return { name: `${locale}, notice ${notice}, ${kind}`, mail: await judgedMail(mail, brand) };
    }),
  );

/** All mails that can be made of the shipped texts, and differ in more than their values. */
export const allMails = (): Promise<readonly NamedMail[]> =>
  Promise.all(TAGS.flatMap((tag) => [...codeMails(tag), ...notices(tag)]));
