/** Checks of what a mail says, in its two parts. */
import { shownLines, tagsIn } from './html-parts.ts';
import { type FindProblems, timesIn, unless } from './judged-mail.ts';

/** What programs that fill in or hide a code look for before it. */
const WORDS_FOR_CODE: Readonly<Record<string, RegExp>> = {
  ar: /رمز/,
  de: /code/i,
  en: /code/i,
  es: /código/i,
  fr: /code/i,
  he: /קוד/,
  it: /codice/i,
  ja: /コード/,
  ko: /코드|인증\s?번호/,
  nl: /code/i,
  pl: /kod/i,
  pt: /código/i,
  tr: /kod/i,
  zh: /验证码|驗證碼/,
};
/** Android's `NotificationOtpDetectionHelper` looks that far back for such a word. */
const NEAR = 50;

const paragraphsOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const wordForCode = (language: string): RegExp => WORDS_FOR_CODE[new Intl.Locale(language).language] ?? /\S/;

/** The code once, alone on its line, and soon after the word for it. */
export const findCodeInTextProblems: FindProblems = ({ text, code, brand, language }) => {
  const named = unless([
    brand === undefined || text.includes(brand.name),
    'The text does not name the company',
  ]);
  if (code === undefined) return named;
  const before = text.slice(0, text.indexOf(code)).slice(-NEAR);
  return [
    ...named,
    ...unless(
      [timesIn(text, code) === 1, 'The text does not have the code once'],
      [text.split(/\r?\n/).includes(code), 'The code is not alone on its line of the text'],
      [wordForCode(language).test(before), `The word for “code” is not within ${NEAR} characters before it`],
      [!/&#?\w+;/.test(text), 'The text has HTML entities'],
    ),
  ];
};

const LINK = /https?:\/\/\S+|mailto:\S+/g;
const withoutLinks = (line: string): string => line.replaceAll(LINK, '').replace(/[\s:：]+$/u, '');

const sentencesOf = (lines: readonly string[]): readonly string[] =>
  lines.map(withoutLinks).filter((line) => line !== '');

/** The same sentences in the same order, and the same links. */
export const findDifferenceProblems: FindProblems = ({ text, html, brand }) => {
  const written = sentencesOf(paragraphsOf(text));
  const shown = sentencesOf(shownLines(html));
  const links = tagsIn(html, 'a').map(({ attributes }) => attributes.href ?? '');
  const named = text.match(LINK) ?? [];
  const missing = (lines: readonly string[], others: readonly string[]) =>
    lines.filter((line) => line !== brand?.name && !others.includes(line));
  const common = (lines: readonly string[], others: readonly string[]) =>
    lines.filter((line) => others.includes(line)).join('\n');
  return [
    ...missing(written, shown).map((line) => `Only the text says: ${line}`),
    ...missing(shown, written).map((line) => `Only the HTML says: ${line}`),
    ...unless(
      [common(written, shown) === common(shown, written), 'Text and HTML have another order'],
      [[...new Set(links)].join() === [...new Set(named)].join(), 'Text and HTML have other links'],
    ),
  ];
};
