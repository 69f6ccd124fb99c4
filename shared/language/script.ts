/** The script that a language is written in. It also runs in browsers, so it must not need Node. */

/** The scripts of living languages that run from right to left (CLDR, script metadata). */
const RIGHT_TO_LEFT: readonly string[] = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Syrc', 'Thaa'];

/** The script of a BCP 47 tag by ISO 15924, such as `Latn`, `Arab` or `Hant`. */
export const scriptOf = (tag: string): string => new Intl.Locale(tag).maximize().script ?? 'Latn';

/** HTML's `dir` for a BCP 47 tag. */
export const directionOf = (tag: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.includes(scriptOf(tag)) ? 'rtl' : 'ltr';
