/** The words for "code", by which phones and mail programs find the digits behind them. */
import { lengthOf } from './check-text.ts';

/** By language. Where a language inflects the word, its stem. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['code'],
  de: ['code'],
  fr: ['code'],
  es: ['código'],
  pt: ['código'],
  it: ['codice'],
  nl: ['code'],
  pl: ['kod'],
  tr: ['kod'],
  sv: ['kod'],
  ja: ['コード'],
  ko: ['코드'],
  zh: ['验证码', '驗證碼', '代码', '代碼'],
  ar: ['رمز'],
  he: ['קוד'],
};

/**
 * Android 15 and later look for the word in this many characters before the digits (AOSP, `NotificationOtpDetectionHelper`); in
 * languages other than English a model looks, of which nothing is known.
 */
const DISTANCE = 50;

/** What is wrong with the sentence before the code, which is the next thing in the mail; of languages that are not here, nothing. */
export const leadProblems = (language: string, lead: string): readonly string[] => {
  const words = WORDS[new Intl.Locale(language).language];
  if (words === undefined) return [];
  const text = lead.toLowerCase();
  const ends = words.map((word) => [text.lastIndexOf(word), word] as const).filter(([at]) => at >= 0);
  if (ends.length === 0)
    return [`lacks the word for "code" (${words.join(' or ')}), by which phones find the code`];
  const distance = Math.min(...ends.map(([at, word]) => lengthOf(text.slice(at + word.length))));
  return distance > DISTANCE
    ? [
        `has the word for "code" ${distance} characters before the code: at most ${DISTANCE}, or phones do not find the code`,
      ]
    : [];
};
