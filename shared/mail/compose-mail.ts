/** Composes the mails, as plain text and as HTML, in the words and the look of the deployment. */
import type { Code } from '../domain/code.ts';
import type { NoticeKind } from '../domain/notices/notice.ts';
import { fillText, pluralOf } from '../language/fill-text.ts';
import { chooseLanguage } from '../language/match-language.ts';
import type { Block, Letter, Rank } from './letter.ts';
import { writeMailHtml } from './mail-html.ts';
import type { Brand, MailSettings, MailTexts } from './mail-settings.ts';
import { writeMailText } from './mail-text.ts';

export interface Mail {
  /** BCP 47. */
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface Recipient {
  /** The languages that the person wishes for, the first first, as tags of BCP 47 with commas between them. */
  readonly locale: string;
  /** When the mail is sent, or what it tells of happened; epoch milliseconds. */
  readonly at: number;
}

export interface CodeMailContent extends Recipient {
  readonly code: Code;
  /** The whole minutes that the code still works. */
  readonly minutesLeft: number;
  /** Where the reader reports that it was not them. Undefined: the mail has no such link. */
  readonly reportUrl?: string;
}

export interface NoticeContent extends Recipient {
  readonly kind: NoticeKind;
  /** When the lock ends, in epoch milliseconds. Undefined: only an operator unlocks the user. */
  readonly until?: number;
}

/** `10:15:07 UTC`. The reader's time zone is not known. */
const timeOfDay = (at: number): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;

/** With the date if it is another day's than `at`: a lock lasts up to a day. */
const endOfLock = (until: number, at: number): string => {
  const [day, today] = [until, at].map((time) => new Date(time).toISOString().slice(0, 10));
  return day === today ? timeOfDay(until) : `${timeOfDay(until)} (${day})`;
};

/** What could begin a line of its own in a header or in the text part, or turn the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** Synthesis refuses such a name; a mail with a code in it does not rely on that. */
const printable = (brand: Brand): Brand => ({ ...brand, name: brand.name.replaceAll(UNPRINTABLE, ' ') });

/** The texts in the first language of the wishes that has what the mail needs. */
const textsFor = (
  { texts, defaultLocale }: MailSettings,
  locale: string,
  has: (texts: MailTexts) => boolean = () => true,
): { readonly language: string; readonly texts: MailTexts } => {
  const offered = Object.keys(texts).filter((tag) => has(texts[tag] as MailTexts));
  const language = chooseLanguage(locale.split(','), offered, defaultLocale);
  const found = texts[language];
  if (found === undefined)
    throw new Error(`There are no texts in ${language}, the default language of mails`);
  return { language, texts: found };
};

const sentence = (rank: Rank, text: string): Block => ({ kind: 'sentence', rank, text });

/** What every mail ends with: how to reach people, and who they are. */
const endOf = ({ support, replyHint }: MailTexts, brand: Brand | undefined): readonly Block[] => {
  const { supportUrl: url, replyTo, footer } = brand ?? {};
  const [before = '', after = ''] = support.split('{support}');
  return [
    ...(url === undefined ? [] : [{ kind: 'address', rank: 'foot', before, url, after } as const]),
    ...(replyTo === undefined ? [] : [sentence('foot', replyHint)]),
    ...(footer === undefined ? [] : [sentence('foot', footer)]),
  ];
};

const write = (letter: Letter): Mail => ({
  language: letter.language,
  subject: letter.subject,
  text: writeMailText(letter),
  html: writeMailHtml(letter),
});

/** The mail that carries a code. The code is in its bodies and nowhere else: lists of mails and SES's events show the subject. */
export const composeCodeMail = (settings: MailSettings, content: CodeMailContent): Mail => {
  const { code, minutesLeft, locale, at, reportUrl } = content;
  const { language, texts } = textsFor(settings, locale);
  const brand = settings.brand && printable(settings.brand);
  const { subject, title } = brand === undefined ? texts.unbranded : texts;
  const names = { brand: brand?.name ?? '' };
  const minutes = fillText(pluralOf(language, texts.validity, minutesLeft), { minutes: minutesLeft });
  return write({
    language,
    subject: fillText(subject, names),
    preheader: texts.preheader,
    title: fillText(title, names),
    brand,
    blocks: [
      sentence('card', texts.lead),
      { kind: 'code', code },
      sentence('card', minutes),
      sentence('quiet', fillText(texts.sent, { time: timeOfDay(at) })),
      sentence('quiet', fillText(texts.secrecy, names)),
      sentence('quiet', texts.notYou),
      ...(reportUrl === undefined
        ? []
        : [{ kind: 'link', rank: 'quiet', text: texts.notMe, url: reportUrl } as const]),
      ...endOf(texts, brand),
    ],
  });
};

/** `leadForGood` is the only sentence of a lock that no time ends. */
const leadOf = (texts: MailTexts, { kind, at, until }: NoticeContent): string => {
  if (kind === 'locked' && until === undefined) return texts.locked?.leadForGood ?? '';
  return fillText(texts[kind]?.lead ?? '', { time: timeOfDay(at), until: endOfLock(until ?? at, at) });
};

/** The mail that warns of wrong codes. It carries none. Throws if the deployment has no texts for it. */
export const composeNotice = (settings: MailSettings, content: NoticeContent): Mail => {
  const { kind, locale } = content;
  const { language, texts } = textsFor(settings, locale, (some) => some[kind] !== undefined);
  const notice = texts[kind];
  if (notice === undefined) throw new Error(`There are no texts for the notice ${kind} in ${language}`);
  const brand = settings.brand && printable(settings.brand);
  const subject =
    brand === undefined ? notice.unbrandedSubject : fillText(notice.subject, { brand: brand.name });
  return write({
    language,
    subject,
    preheader: notice.preheader,
    title: notice.title,
    brand,
    blocks: [
      sentence('card', leadOf(texts, content)),
      sentence('card', notice.you),
      sentence('card', notice.notYou),
      ...endOf(texts, brand),
    ],
  });
};
