/** What people, phones and servers write for a language, and the texts that it has to find. */

/** The languages of the mail. */
export const TAGS = 'ar de en es fr he it ja ko nl pl pt-BR tr zh-Hans zh-Hant'.split(' ');

/** The default of the table: a language that is the answer to no line. */
export const OTHERWISE = 'tr';

/** A locale, and the tag of its texts. */
export const LOCALES: readonly (readonly [locale: string, tag: string])[] = [
  // A language by itself, with a region, in any spelling.
  ['de', 'de'],
  ['DE', 'de'],
  ['de-AT', 'de'],
  ['de_CH', 'de'],
  ['en-GB', 'en'],
  ['es-419', 'es'],
  ['fr_CA', 'fr'],
  [' de ', 'de'],
  ['de-DE-1996', 'de'],
  // POSIX, Java and the extensions of BCP 47.
  ['de_DE@currency=EUR', 'de'],
  ['de_DE.UTF-8', 'de'],
  ['en-US-u-hc-h12', 'en'],
  ['fr-FR-u-hc-h23', 'fr'],
  ['zh_CN_#Hans', 'zh-Hans'],
  // Three letters, and codes that were replaced.
  ['deu', 'de'],
  ['fra', 'fr'],
  ['iw', 'he'],
  ['iw_IL', 'he'],
  // Another region, where there is no better one.
  ['pt', 'pt-BR'],
  ['pt-PT', 'pt-BR'],
  ['pt-BR', 'pt-BR'],
  ['ar-EG', 'ar'],
  // The script decides.
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['zh-SG', 'zh-Hans'],
  ['zh-TW', 'zh-Hant'],
  ['zh-HK', 'zh-Hant'],
  ['zh-Hant-TW', 'zh-Hant'],
  ['ja-JP', 'ja'],
  ['ko-KR', 'ko'],
  // No texts in that language or that script.
  ['sr-Latn', OTHERWISE],
  ['gsw', OTHERWISE],
  ['de-Cyrl', OTHERWISE],
  // No language at all.
  ['', OTHERWISE],
  ['C.UTF-8', OTHERWISE],
  ['und', OTHERWISE],
  ['__proto__', OTHERWISE],
  ['toString', OTHERWISE],
  ['x-klingon', OTHERWISE],
  ['I speak German', OTHERWISE],
  ['<b>de</b>', OTHERWISE],
  ['de\r\nBcc: mallory@example.com', OTHERWISE],
  ['de'.repeat(1024), OTHERWISE],
];
