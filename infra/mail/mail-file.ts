/** What the functions that make mails are told of them, in a file beside their code: an environment has no room for it. */
import { NOTICE_KINDS } from '../../shared/domain/notices/notice.ts';
import { brandProblems } from '../../shared/mail/check/check-brand.ts';
import { languageProblems } from '../../shared/mail/check/check-language.ts';
import type { CheckedMail } from '../../shared/mail/check/check-mail.ts';
import type { Brand, MailSettings, MailTexts } from '../../shared/mail/mail-settings.ts';
import { senderName } from '../settings/email-sender.ts';
import { checkedMail } from '../settings/mail-setting.ts';
import type { Settings } from '../settings/settings.ts';

type MailGiven = Pick<Settings, 'mail' | 'emailSender'>;

/** The sections of a language's texts that no mail has. */
const ELSEWHERE: readonly string[] = ['report', 'words', 'page'];

const withoutSections = (texts: object, sections: readonly string[]): MailTexts =>
  Object.fromEntries(
    Object.entries(texts).filter(([key]) => !sections.includes(key)),
  ) as unknown as MailTexts;

const fits = (brand: Brand, { texts }: CheckedMail): boolean => {
  const { en: english = {} } = texts;
  return (
    brandProblems(brand).length === 0 &&
    Object.entries(texts).every(
      ([tag, shipped]) =>
        languageProblems({ tag, given: {}, shipped }, { english, brand: brand.name }).length === 0,
    )
  );
};

/** The company's brand; without one, the sender's name, if it has one that fits into every subject. */
export const brandOf = ({ mail, emailSender }: MailGiven, checked = checkedMail(mail)): Brand | undefined => {
  if (mail.brand !== undefined) return mail.brand;
  const name = senderName(emailSender);
  const brand = name === undefined ? undefined : { name };
  return brand !== undefined && fits(brand, checked) ? brand : undefined;
};

/** The settings of the mails, with no more of the texts than the deployment's mails have. */
export const mailSettings = (settings: MailGiven & Pick<Settings, 'notices'>): MailSettings => {
  const checked = checkedMail(settings.mail);
  const { defaultLocale, texts } = checked;
  const brand = brandOf(settings, checked);
  const unused = settings.notices ? ELSEWHERE : [...ELSEWHERE, ...NOTICE_KINDS];
  return {
    ...(brand !== undefined && { brand }),
    defaultLocale,
    texts: Object.fromEntries(Object.entries(texts).map(([tag, all]) => [tag, withoutSections(all, unused)])),
  };
};
